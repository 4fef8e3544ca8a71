/** Variables that programs need to find themselves, their caches and their words, by exact name. */
const NAMES = new Set(
  [
    ['PATH', 'HOME', 'USER', 'LOGNAME', 'SHELL', 'LANG', 'LANGUAGE', 'TZ', 'TERM', 'COLORTERM', 'TMPDIR', 'TMP', 'TEMP', 'DISPLAY', 'CI'],
    ['SYSTEMROOT', 'SYSTEMDRIVE', 'WINDIR', 'COMSPEC', 'PATHEXT', 'APPDATA', 'LOCALAPPDATA', 'USERPROFILE', 'HOMEDRIVE', 'HOMEPATH', 'PROGRAMDATA'],
    ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'NUMBER_OF_PROCESSORS', 'PROCESSOR_ARCHITECTURE', 'OS'],
    [
      'HTTP_PROXY',
      'HTTPS_PROXY',
      'NO_PROXY',
      'ALL_PROXY',
      'SSL_CERT_FILE',
      'SSL_CERT_DIR',
      'REQUESTS_CA_BUNDLE',
      'NODE_EXTRA_CA_CERTS',
      'NODE_PATH',
      'NODE_OPTIONS',
    ],
    // Where test frameworks find a browser.
    ['CHROME_BIN', 'CHROMIUM_BIN', 'FIREFOX_BIN', 'EDGE_BIN'],
    [
      'VIRTUAL_ENV',
      'JAVA_HOME',
      'LD_LIBRARY_PATH',
      'DYLD_LIBRARY_PATH',
      'PKG_CONFIG_PATH',
      'CC',
      'CXX',
      'CFLAGS',
      'CXXFLAGS',
      'LDFLAGS',
      'AR',
      'MAKEFLAGS',
    ],
  ].flat(),
);
/** Beginnings of the names that tools and their version managers use. */
const PREFIXES =
  /^(LC_|XDG_|NPM_CONFIG_|PNPM_|YARN_|BUN_|COREPACK_|NVM_|VOLTA_|FNM_|ASDF_|MISE_|PYENV_|PYTHON|PIP_|UV_|POETRY_|CONDA_|PIPENV_|GO(PATH|ROOT|FLAGS|PROXY|CACHE|MODCACHE|TOOLCHAIN|OS|ARCH|BIN|ENV|NOSUMDB|NOSUMCHECK|SUMDB|INSECURE|VCS|WORK|EXPERIMENT|PRIVATE|NOPROXY)$|CGO_|CARGO_|RUST|OPENBLAS_)/;
/** What may hold a secret, whatever it begins with: `NPM_CONFIG_//HOST/:_authToken`, `CARGO_REGISTRY_TOKEN`, `PGPASSWORD`, `MYSQL_PWD`; `PWD` is a folder. */
const SECRET = /(^|[^A-Z])(PASS|CREDENTIALS?|AUTH|APIKEY|KEY)($|[^A-Z])|(TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE)($|[^A-Z])|_PWD$/;

/** Whether a variable's name says that its value is a secret. */
export function isSecretName(name: string): boolean {
  return SECRET.test(name.replace(/([a-z])([A-Z])/g, '$1_$2').toUpperCase());
}

/**
 * The part of an environment that a project's own commands get: what programs need to run, and what a person names. Neither ours, nor the editor's, nor secrets.
 *
 * @param named names that are let through besides, secrets too: a person asked for them
 */
export function allowedEnvironment(env: NodeJS.ProcessEnv, named: readonly string[] = []): Record<string, string> {
  const asked = new Set(named);
  const isAllowed = (name: string) => {
    const upper = name.toUpperCase();
    return asked.has(name) || (!isSecretName(name) && (NAMES.has(upper) || PREFIXES.test(upper)));
  };
  return Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined && isAllowed(entry[0])));
}
