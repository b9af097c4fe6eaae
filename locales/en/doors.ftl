# Signing in and out, and what the roles are called.
doors-title = Sign in
doors-how = An administrator of your workspace can make a link that signs you in. On the server, it is this command:
doors-your-address = you@example.com
doors-how-long = The link works once, within a day.
doors-enter-as = Choose who you are. These are sample people; each sees what their role may see.
doors-enter-as-one = This link signs you in once.
doors-link-closed = This link no longer opens
doors-link-closed-why = It was used already, has expired, or was never whole. Ask for a new one.
doors-sign-out = Sign out
role-admin = Administrator
role-support-lead = Support lead
role-support-agent = Support agent
role-success-lead = Success lead
role-success-manager = Success manager
role-product-manager = Product manager

elsewhere-title = Workspaces
elsewhere-here = You are here
elsewhere-none = You have signed in to this workspace only.
elsewhere-add = Sign in to another workspace
elsewhere-open = Open a new workspace
elsewhere-open-text = A workspace has its own accounts, tickets, people and settings, and shares nothing with the others. You are its first administrator, with the password you have here, and you go there at once.
elsewhere-open-go = Open and go there
elsewhere-hint = Workspaces that you sign in to with the same address stay here side by side, each for as long as its own sign-in lasts. A new password there ends that.
