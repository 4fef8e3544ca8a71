/** Variables of the editor and of our own process that must not reach the user's tests: they change what Node does. */
const NOT_THE_USERS = /^(ELECTRON_|VSCODE_|NODE_CHANNEL_|NODE_UNIQUE_ID$|NODE_V8_COVERAGE$|ASSAY_)/;

/** The user's environment as their own terminal would give it to their tests: ours and the editor's variables left out. */
export function userEnvironment(env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !NOT_THE_USERS.test(name)));
}
