//! What a stop of the tour is made of.

/// Who looks at a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Visitor {
    /// Nobody has signed in.
    Stranger,
    /// The first agent of the sample data, who may do everything.
    Agent,
}

/// How one gets to a page.
#[derive(Clone, Copy, Debug)]
pub enum Way {
    /// By its address.
    At(&'static str),
    /// By the first link of a selector on the page at an address: for pages with an id in their own.
    Behind(&'static str, &'static str),
    /// As [`Way::Behind`], and on to what stands under the link's address.
    Under(&'static str, &'static str, &'static str),
    /// By the link that lets people into the sample data.
    SignInLink,
    /// By a link that the [`Stage`](super::Stage) has made for this: `invitation`, `survey`, `board`, `reset`.
    Given(&'static str),
    /// By the link that an empty installation prints, and a step of its setup.
    FirstRun(&'static str),
}

/// What is done on a page before one looks at it.
#[derive(Clone, Copy, Debug)]
pub enum Step {
    /// Clicks the first element of a selector.
    Click(&'static str),
    /// Presses keys.
    Press(&'static str),
    /// Waits until something of a selector is to be seen.
    See(&'static str),
    /// Opens another address.
    Go(&'static str),
    /// Types what the second agent's authenticator shows.
    Code,
    /// Looks at it as if printed.
    Print,
}

/// One page, or one state of it.
#[derive(Clone, Copy, Debug)]
pub struct Stop {
    /// Its name in messages and files.
    pub name: &'static str,
    /// Its row in the route table, or the shell's own address.
    pub route: &'static str,
    /// Who looks.
    pub visitor: Visitor,
    /// How one gets there.
    pub way: Way,
    /// What is done there first.
    pub steps: &'static [Step],
}
