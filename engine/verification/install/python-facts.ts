import type { Project } from '../../detection/index.ts';
import { allowedEnvironment, run } from '../../process/index.ts';
import { findIn } from './find.ts';
import type { PythonFacts } from './needed.ts';
import { ownModules } from './own-package.ts';
import { pythonManifest } from './python-manifest.ts';
import { requirementsOf } from './requirements.ts';

/** Programs that make an environment of their own for what they run. */
const OWN_ENVIRONMENT = /^(tox|nox|uv|uvx|hatch|pipx)$/;
/** Programs with which another one is started in the project's environment. */
const WITH_RUN = /^(poetry|pdm|pipenv)$/;
/** Prints those of its arguments that are no installed distribution, and of those that begin with `module:` the modules that cannot be imported. */
const ASKED = `import sys
from importlib.metadata import version
from importlib.util import find_spec
for name in sys.argv[1:]:
    module = name.startswith("module:")
    try:
        found = find_spec(name[7:]) if module else version(name)
    except Exception:
        found = None
    if found is None:
        print(name)`;
/** Milliseconds that an interpreter has to answer; one that takes longer says nothing. A manager may make an environment first. */
const PATIENCE_MS = 60_000;

/**
 * Asks the interpreter that a Python project's tests run on which of the distributions that its manifest and the files of requirements that it is installed
 * from name, on every system, are there; and for pytest, where its tests run on that, and for the project's own package where these find it only when it is installed. Nothing is missing where that cannot be found out.
 *
 * @param searched value of PATH, with the project's own environment in front
 */
export async function pythonFacts(project: Project, environment: string | undefined, searched: string, signal: AbortSignal): Promise<PythonFacts> {
  const nothing = { missing: [] };
  const test = project.commands.test[0]?.value.argv ?? [];
  const [program = ''] = test;
  const find = (name: string) => findIn(searched, name);
  const isThere = find(program) !== undefined;
  if (OWN_ENVIRONMENT.test(program) && isThere) return nothing;
  const manifest = await pythonManifest(project.directory);
  const needed = [...manifest.needed, ...manifest.ofTests, ...(await requirementsOf(project))];
  const names = [
    ...needed.filter((one) => !one.includes(';')).flatMap((one) => /^\s*([\w.-]+)/.exec(one)?.[1] ?? []),
    ...(test.includes('pytest') ? ['pytest'] : []),
  ];
  const own = await ownModules(project.directory, project.commands.test[0]?.value ?? { argv: [], env: {} });
  const asked = [...names, ...own.map((name) => `module:${name}`)];
  const interpreter = WITH_RUN.test(program) && isThere ? [program, 'run', 'python'] : [find('python') ?? find('python3')];
  if (asked.length === 0 || interpreter[0] === undefined) return nothing;
  const said: string[] = [];
  const [first, ...args] = interpreter as string[];
  const exit = await run(
    {
      program: first as string,
      args: [...args, '-c', ASKED, ...asked],
      cwd: project.directory,
      env: { ...allowedEnvironment(process.env, []), PATH: searched },
    },
    { signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]), onStdout: (line) => said.push(line.trim()), onStderr: () => {} },
  );
  const missing = exit.code === 0 ? names.filter((name) => said.includes(name)) : [];
  const unfound = exit.code === 0 ? own.find((name) => said.includes(`module:${name}`)) : undefined;
  return { missing: [...new Set(missing)], ...(unfound !== undefined && { own: unfound }), ...(environment !== undefined && { environment }) };
}
