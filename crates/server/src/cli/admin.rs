//! `tandem admin`: workspaces, agents, and the links and tokens that let them in, from the server's own command line.

use clap::{Arg, ArgMatches, Command};
use kit::clock::Clock;
use kit::db::Db;
use kit::id::Ids;
use tandem_core::actor::Actor;
use tandem_core::agents::{self, Agent, AgentError, NewAgent};
use tandem_core::doors::{self, Entrant};
use tandem_core::permissions::Role;
use tandem_core::tokens::{self, TokenError, TokenText};
use tandem_core::workspaces::{self, NewWorkspace, Workspace, WorkspaceId};

use super::{Call, Exit, Failure, audit, print, wait};
use crate::{app, wiring};

pub(super) fn arguments(command: Command) -> Command {
    let workspace = || {
        value(
            "workspace",
            "The workspace's id; may be left out when there is only one",
        )
        .required(false)
    };
    let email = || value("email", "The agent's address");
    command
        .subcommand_required(true)
        .subcommand(
            Command::new("workspace")
                .about("Make a workspace and print its id")
                .arg(value("name", "Its name"))
                .arg(
                    value("locale", "Its language")
                        .required(false)
                        .default_value("en"),
                )
                .arg(
                    value("zone", "Its time zone, such as Europe/Warsaw")
                        .required(false)
                        .default_value("UTC"),
                ),
        )
        .subcommand(
            Command::new("agent")
                .about("Add an agent and print a link that signs them in once")
                .arg(workspace())
                .arg(value("name", "Their name"))
                .arg(email())
                .arg(
                    value("role", "What they may do")
                        .required(false)
                        .default_value("admin")
                        .value_parser(roles()),
                ),
        )
        .subcommand(
            Command::new("link")
                .about("Print a link that signs an agent in once, within a day")
                .arg(workspace())
                .arg(email()),
        )
        .subcommand(
            Command::new("token")
                .about("Print a token with which a program acts as an agent")
                .arg(workspace())
                .arg(email())
                .arg(
                    value("use", "What it is for")
                        .required(false)
                        .default_value("command line"),
                ),
        )
        .subcommand(Command::new("list").about("List workspaces and their agents"))
        .subcommand(audit::command())
}

fn value(name: &'static str, help: &'static str) -> Arg {
    Arg::new(name).long(name).required(true).help(help)
}

fn roles() -> Vec<&'static str> {
    Role::ALL.into_iter().map(Role::as_str).collect()
}

pub(super) fn run(call: &Call) -> Result<(), Failure> {
    wait(async {
        let opened = app::open_beside(&call.config, Clock::system(), Ids::random())?;
        if opened.is_alone() || opened.db.is_postgres() {
            opened.db.migrate(wiring::MIGRATIONS).await?;
        }
        let (name, arguments) = call.arguments.subcommand().expect("clap insists on one");
        let origin = call.config.public_origin();
        let text = match name {
            "workspace" => make_workspace(&opened.db, arguments).await?,
            "agent" => {
                let agent = add_agent(&opened.db, arguments).await?;
                link(&opened.db, arguments, &agent, origin.as_str()).await?
            }
            "link" => {
                let agent = named_agent(&opened.db, arguments).await?;
                link(&opened.db, arguments, &agent, origin.as_str()).await?
            }
            "token" => token(&opened.db, arguments).await?,
            "audit" => audit::check(&opened.db).await?,
            _ => list(&opened.db).await?,
        };
        opened.db.close().await;
        print(&text)
    })
}

fn text(arguments: &ArgMatches, name: &str) -> String {
    arguments.get_one::<String>(name).cloned().unwrap_or_default()
}

async fn make_workspace(db: &Db, arguments: &ArgMatches) -> Result<String, Failure> {
    let new = NewWorkspace {
        name: text(arguments, "name"),
        locale: text(arguments, "locale"),
        zone: text(arguments, "zone"),
    };
    let made = db.write(move |tx| workspaces::create(tx, &new)).await;
    let made = made.map_err(|error| Failure::new(error.to_string()).exit(Exit::Usage))?;
    Ok(format!("{}\n", made.id))
}

async fn add_agent(db: &Db, arguments: &ArgMatches) -> Result<Agent, Failure> {
    let workspace = workspace(db, arguments).await?;
    let role = text(arguments, "role")
        .parse()
        .map_err(|error| Failure::new(format!("{error}")).exit(Exit::Usage))?;
    let new = NewAgent {
        name: text(arguments, "name"),
        email: text(arguments, "email"),
        role,
    };
    let actor = Actor::system(workspace, "command line");
    let added: Result<Agent, AgentError> = db.write(move |tx| agents::add(tx, &actor, &new)).await;
    added.map_err(|error| Failure::new(error.to_string()).exit(Exit::Usage))
}

pub(super) async fn named_agent(db: &Db, arguments: &ArgMatches) -> Result<Agent, Failure> {
    let workspace = workspace(db, arguments).await?;
    let email = text(arguments, "email");
    let asked = email.clone();
    let found = db
        .read(move |tx| agents::find_by_email(tx, workspace, &asked))
        .await?;
    found.filter(|agent| agent.is_active).ok_or_else(|| {
        Failure::new(format!("no agent with the address {email}"))
            .exit(Exit::Usage)
            .advice("`tandem admin list` shows all")
    })
}

pub(super) async fn workspace(db: &Db, arguments: &ArgMatches) -> Result<WorkspaceId, Failure> {
    let all: Vec<Workspace> = db.read(workspaces::all).await?;
    match (arguments.get_one::<String>("workspace"), all.as_slice()) {
        (Some(text), _) => {
            let known = all.iter().find(|workspace| workspace.id.to_string() == *text);
            known.map(|workspace| workspace.id).ok_or_else(|| {
                Failure::new(format!("there is no workspace {text}"))
                    .exit(Exit::Usage)
                    .advice("`tandem admin list` shows all")
            })
        }
        (None, [only]) => Ok(only.id),
        (None, []) => Err(Failure::new("there is no workspace yet")
            .exit(Exit::Usage)
            .advice("make one with `tandem admin workspace --name NAME`")),
        (None, _) => Err(Failure::new("there are several workspaces")
            .exit(Exit::Usage)
            .advice("say which with --workspace; `tandem admin list` shows all")),
    }
}

async fn link(db: &Db, arguments: &ArgMatches, agent: &Agent, origin: &str) -> Result<String, Failure> {
    let (workspace, entrant) = (workspace(db, arguments).await?, Entrant::One(agent.id));
    let link = db
        .write(move |tx| doors::make_link(tx, workspace, entrant))
        .await?;
    Ok(format!("{origin}/sign-in/{}\n", link.expose()))
}

async fn token(db: &Db, arguments: &ArgMatches) -> Result<String, Failure> {
    let (workspace, agent) = (
        workspace(db, arguments).await?,
        named_agent(db, arguments).await?.id,
    );
    let name = text(arguments, "use");
    let token = db
        .write(move |tx| {
            let owner = agents::find(tx, workspace, agent)?.ok_or(AgentError::Unknown)?;
            let wanted = TokenText {
                name: name.clone(),
                agent: Some(agent),
                scopes: owner.permissions,
                days: None,
            };
            let actor = Actor::system(workspace, "command line");
            tokens::make(tx, &actor, &wanted).map(|(_, text)| text)
        })
        .await;
    let token = token.map_err(|error: TokenError| Failure::new(error.to_string()).exit(Exit::Usage))?;
    Ok(format!("{token}\n"))
}

async fn list(db: &Db) -> Result<String, Failure> {
    let lines = db
        .read(|tx| {
            let mut lines = String::new();
            for workspace in workspaces::all(tx)? {
                lines.push_str(&format!("{}  {}\n", workspace.id, workspace.name));
                for agent in agents::all(tx, workspace.id)? {
                    let state = if agent.is_active { "" } else { "  (no access)" };
                    lines.push_str(&format!(
                        "  {:<16} {}  {}{state}\n",
                        agent.role_name.as_deref().unwrap_or(agent.role.as_str()),
                        agent.name,
                        agent.email
                    ));
                }
            }
            Ok::<_, kit::db::DbError>(lines)
        })
        .await?;
    Ok(lines)
}
