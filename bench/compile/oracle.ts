/**
 * Asks a tool through its machine form (its API or its JSON) for the problems of a project, and prints them as JSON:
 * `node bench/compile/oracle.ts KIND DIRECTORY OPTIONS`, started in a process of its own because bundlers keep state and end processes.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Expected } from './sample.ts';

const [kind = '', directory = '', optionsText = '{}'] = process.argv.slice(2);
// biome-ignore lint/suspicious/noExplicitAny: what tools of any version tell has no types here
type Any = any;
const options: Any = JSON.parse(optionsText);
const require = createRequire(path.join(directory, 'oracle.js'));
process.chdir(directory);

const oracles: Record<string, () => Promise<Expected[]> | Expected[]> = {
  tsc: () => (options.projects ?? [options.project]).flatMap((project: string) => typescript(path.resolve(directory, project), false)),
  'tsc-build': () => typescript(path.resolve(directory, options.project), true),
  esbuild,
  rollup,
  vite,
  webpack,
  python,
  mypy,
  pyright,
  cargo,
  'go-vet': goVet,
  'go-types': () => go('types'),
  'go-syntax': () => go('syntax'),
  'go-list': goList,
};

function place(file: string | undefined | null, line?: number, column?: number): Pick<Expected, 'file' | 'line' | 'column'> {
  if (!file) return {};
  return {
    file: path.relative(directory, path.resolve(directory, file)),
    ...(line !== undefined && line >= 0 && { line }),
    ...(column !== undefined && column >= 0 && { column }),
  };
}

function typescript(project: string, build: boolean): Expected[] {
  const ts: Any = require('typescript');
  const diagnostics: Any[] = [];
  if (build) {
    const host = ts.createSolutionBuilderHost(
      ts.sys,
      undefined,
      (one: Any) => diagnostics.push(one),
      () => undefined,
    );
    ts.createSolutionBuilder(host, [project], { force: true }).build();
  } else {
    const file = project.endsWith('.json') ? project : path.join(project, 'tsconfig.json');
    const parsed = ts.getParsedCommandLineOfConfigFile(
      file,
      {},
      { ...ts.sys, onUnRecoverableConfigFileDiagnostic: (one: Any) => diagnostics.push(one) },
    );
    const program = ts.createProgram({ rootNames: parsed.fileNames, options: parsed.options, projectReferences: parsed.projectReferences });
    // What `tsc` asks for, in its order: it goes on to the next kind only where the one before has none.
    diagnostics.push(...parsed.errors);
    const ofConfig = diagnostics.length;
    diagnostics.push(...program.getSyntacticDiagnostics());
    if (diagnostics.length === ofConfig) diagnostics.push(...program.getOptionsDiagnostics(), ...program.getGlobalDiagnostics());
    if (diagnostics.length === ofConfig) diagnostics.push(...program.getSemanticDiagnostics());
  }
  return ts.sortAndDeduplicateDiagnostics(diagnostics).map((one: Any) => {
    const at = one.file && ts.getLineAndCharacterOfPosition(one.file, one.start);
    return {
      severity: one.category === ts.DiagnosticCategory.Warning ? 'warning' : 'error',
      code: `TS${one.code}`,
      message: ts.flattenDiagnosticMessageText(one.messageText, '\n'),
      ...place(one.file?.fileName, at?.line, at?.character),
    };
  });
}

function fromEsbuild(result: Any): Expected[] {
  const told = (severity: Expected['severity']) => (one: Any) => ({
    severity,
    message: one.text,
    ...(one.id && { code: one.id }),
    ...place(one.location?.file, one.location && one.location.line - 1, one.location?.column),
  });
  return [...result.warnings.map(told('warning')), ...result.errors.map(told('error'))];
}

async function esbuild(): Promise<Expected[]> {
  const result = await require('esbuild')
    .build({ ...options.options, logLevel: 'silent', write: false })
    .catch((error: Any) => error);
  return fromEsbuild(result);
}

/** Rollup's command line groups these warnings below a title of its own; its API says them in other words. */
const TITLES: Record<string, (log: Any) => string> = {
  THIS_IS_UNDEFINED: () => '"this" has been rewritten to "undefined"',
  EVAL: () => 'Use of eval is strongly discouraged',
  MISSING_EXPORT: (log) => `${log.binding} is not exported by ${path.relative(directory, log.exporter)}`,
  UNRESOLVED_IMPORT: (log) => `Unresolved dependencies: ${log.exporter}`,
};

/** What a bundler's error or warning says: of its own, or of esbuild, whose problems it has as a list. The place is taken out of the message, and codes are kept where the output tells them. */
function fromRollup(severity: Expected['severity'], one: Any, titles: boolean): Expected[] {
  if (Array.isArray(one.errors) && one.errors[0]?.text) return fromEsbuild({ errors: one.errors, warnings: [] });
  const title = titles && severity === 'warning' ? TITLES[one.code]?.(one) : undefined;
  const first = (one.message as string).split('\nfile:')[0] ?? '';
  const typescript = /@rollup\/plugin-typescript (TS\d+): (.*)$/s.exec(first);
  const plain = first.replace(/^(\[[\w:]+\] )\[plugin [^\]]+\] /, '$1').replace(/^(\[plugin [^\]]+\] )?\S+ \(\d+:\d+\): /, '$1');
  const where = place(one.loc?.file ?? one.id, one.loc?.line && one.loc.line - 1, one.loc?.column);
  return [{ severity, ...(typescript && { code: typescript[1] as string }), message: title ?? typescript?.[2] ?? plain, ...where }];
}

async function rollup(): Promise<Expected[]> {
  const { rollup: run } = require('rollup');
  const { loadConfigFile } = require('rollup/loadConfigFile');
  const told: Expected[] = [];
  const { options: configs } = await loadConfigFile(path.resolve(options.config), {});
  for (const config of configs) {
    try {
      const onLog = (level: string, log: Any) => level === 'warn' && told.push(...fromRollup('warning', log, true));
      const bundle = await run({ ...config, onLog, onwarn: undefined });
      for (const output of config.output) await bundle.generate(output);
    } catch (error) {
      told.push(...fromRollup('error', error, true));
    }
  }
  return told;
}

async function vite(): Promise<Expected[]> {
  const { build } = await import(pathToFileURL(require.resolve('vite')).href);
  const told: Expected[] = [];
  try {
    const onLog = (level: string, log: Any) => level === 'warn' && told.push(...fromRollup('warning', log, false));
    await build({ root: directory, logLevel: 'silent', build: { write: false, rollupOptions: { onLog } } });
  } catch (error) {
    told.push(...fromRollup('error', error, false));
  }
  return told;
}

function webpack(): Expected[] {
  const ran = spawnSync('webpack', ['--json'], { encoding: 'utf8', env: { ...process.env, FORCE_COLOR: '0' }, maxBuffer: 1 << 28 });
  const stats = JSON.parse(ran.stdout.slice(ran.stdout.indexOf('{')));
  const told = (severity: Expected['severity']) => (one: Any) => {
    // fork-ts-checker-webpack-plugin has the place behind the file's name, with columns from one.
    const [, checked, row, at] = /^(.*):(\d+):(\d+)$/.exec(one.file ?? '') ?? [];
    const [, line, column] = /^(\d+):(\d+)/.exec(one.loc ?? '') ?? [];
    const file = (one.moduleName ?? one.file)?.split('!').pop();
    const where = checked
      ? place(checked, Number(row) - 1, Number(at) - 1)
      : place(file, line ? Number(line) - 1 : undefined, column ? Number(column) : undefined);
    return {
      severity,
      ...where,
      ...fromLoader(one.message.split('\n').filter((text: string) => !/^Module build failed \(from|^configuration$/.test(text))),
    };
  };
  const all = [stats, ...(stats.children ?? []).filter(() => !stats.errors?.length)];
  return all.flatMap((one) => [...(one.warnings ?? []).map(told('warning')), ...(one.errors ?? []).map(told('error'))]);
}

/** What stands first in the words of a loader: of TypeScript with its code and place, of Babel with its place behind. */
function fromLoader([first = '', ...rest]: string[]): Pick<Expected, 'message' | 'code' | 'file' | 'line' | 'column'> {
  const css = /\n\((\d+):(\d+)\) (\S+) (.*)/.exec(`${first}\n${rest.join('\n')}`);
  if (css) return { message: css[4] as string, ...place(css[3], Number(css[1]) - 1, Number(css[2]) - 1) };
  const [, file, row, column] = /^\[tsl\] \w+ in (.+)\((\d+),(\d+)\)$/.exec(first) ?? [];
  if (file) return { ...place(file, Number(row) - 1, Number(column) - 1), ...fromLoader(rest.map((line) => line.replace(/^ {6}/, ''))) };
  const [, code, message] = /^(TS\d+): (.*)$/.exec(first) ?? [];
  if (code)
    return {
      code,
      message: [
        message,
        ...rest.slice(
          0,
          rest.findIndex((line) => !/^ *[A-Z]/.test(line)),
        ),
      ].join('\n'),
    };
  const [, plain = first, line, at] = /^(.*?) ?\((\d+):(\d+)\)$/.exec(first) ?? [];
  return { message: plain.replace(/^\w*Error: (?:\/\S*: )?/, ''), ...(line && { line: Number(line) - 1, column: Number(at) }) };
}

function python(): Expected[] {
  const script = `
import json, sys, warnings
told = []
for name in json.loads(sys.argv[1]):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter('always')
        try:
            with open(name, 'rb') as file:
                compile(file.read(), name, 'exec', dont_inherit=True)
        except SyntaxError as error:
            told.append(dict(severity='error', code=type(error).__name__, message=error.msg, file=name, line=(error.lineno or 1) - 1, column=(error.offset or 0) - 1))
    told += [dict(severity='warning', code=one.category.__name__, message=str(one.message), file=name, line=one.lineno - 1) for one in caught]
print(json.dumps(told))`;
  const answer: Expected[] = JSON.parse(execFileSync('python', ['-c', script, JSON.stringify(options.paths)], { encoding: 'utf8' }));
  const first = answer.findIndex(({ severity }) => severity === 'error');
  // `py_compile` ends with the first file that does not compile, and tells the warnings of that file as well.
  const heard = options.stops && first >= 0 ? answer.filter((one, at) => at <= first || one.file === answer[first]?.file) : answer;
  return heard.map(({ line, column, ...one }) => ({
    ...one,
    ...(line !== undefined && line >= 0 && { line }),
    ...(column !== undefined && column >= 0 && { column }),
  }));
}

function lines(text: string): Any[] {
  return text
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));
}

function mypy(): Expected[] {
  const ran = spawnSync('sh', ['-c', `${options.run} --no-pretty --output json`], { encoding: 'utf8' });
  return lines(ran.stdout)
    .filter((one) => one.severity !== 'note')
    .map((one) => ({
      severity: one.severity,
      ...(one.code && { code: one.code }),
      message: one.message,
      ...place(one.file, one.line - 1, one.column),
    }));
}

function pyright(): Expected[] {
  const ran = spawnSync('sh', ['-c', `${options.run} --outputjson`], { encoding: 'utf8' });
  const report = JSON.parse(ran.stdout.slice(ran.stdout.indexOf('{')));
  return report.generalDiagnostics
    .filter((one: Any) => one.severity !== 'information')
    .map((one: Any) => ({
      severity: one.severity,
      ...(one.rule && { code: one.rule }),
      message: one.message.replaceAll('\u00a0', ' '),
      ...place(one.file, one.range?.start.line, one.range?.start.character),
    }));
}

function cargo(): Expected[] {
  const cwd = path.join(directory, options.directory ?? '.');
  const metadata = JSON.parse(execFileSync('cargo', ['metadata', '--format-version', '1', '--no-deps', '--offline'], { cwd, encoding: 'utf8' }));
  const run = options.run
    .replace(/^cd \S+ && /, '')
    .replace(/ --message-format=\S+| --color always/g, '')
    .split(' ')
    .slice(1);
  const separator = run.indexOf('--') < 0 ? run.length : run.indexOf('--');
  const args = [...run.slice(0, separator), '--message-format=json', '--target-dir', 'oracle-target', ...run.slice(separator)];
  const ran = spawnSync('cargo', args, { cwd, encoding: 'utf8' });
  return lines(ran.stdout)
    .filter((one) => one.reason === 'compiler-message' && one.message.spans.length + (one.message.code ? 1 : 0) > 0)
    .filter((one) => ['error', 'warning'].includes(one.message.level))
    .map(({ message }) => {
      const span = message.spans.find((one: Any) => one.is_primary);
      return {
        severity: message.level,
        ...(message.code && { code: message.code.code }),
        message: message.message,
        ...(span && place(path.resolve(metadata.workspace_root, span.file_name), span.line_start - 1, span.column_start - 1)),
      };
    });
}

/** `FILE:LINE:COLUMN` as Go tells places. */
function goPlace(text: string): Pick<Expected, 'file' | 'line' | 'column'> {
  const [, file, line, column] = /^(.*?):(\d+)(?::(\d+))?$/.exec(text) ?? [];
  return place(file, line ? Number(line) - 1 : undefined, column ? Number(column) - 1 : undefined);
}

function goVet(): Expected[] {
  const ran = spawnSync('go', ['vet', '-json', './...'], { encoding: 'utf8' });
  // The report is a JSON object a package, each below a comment with its path; which stream it goes to differs by version.
  const reports = `${ran.stdout}\n${ran.stderr}`.split(/^#.*$/m).flatMap((part) => part.split(/(?<=^\})\n/m));
  return reports
    .filter((text) => text.trim().startsWith('{'))
    .flatMap((text) => Object.values(JSON.parse(text) as Record<string, Record<string, Any[]>>))
    .flatMap((byAnalyzer) => Object.values(byAnalyzer).flat())
    .map((one) => ({ severity: 'error' as const, message: one.message, ...goPlace(one.posn) }));
}

function go(what: 'types' | 'syntax'): Expected[] {
  const script = fileURLToPath(new URL('go-oracle.go', import.meta.url));
  const modules = existsSync('go.mod') ? ['.'] : readdirSync('.').filter((name) => existsSync(path.join(name, 'go.mod')));
  // The compiler says no more than ten things of a package.
  return modules
    .flatMap((module) => {
      const answer = execFileSync('go', ['run', script, what, module], { encoding: 'utf8' });
      return (JSON.parse(answer) as { message: string; position: string }[]).map((one) => ({
        severity: 'error' as const,
        message: one.message,
        ...goPlace(one.position),
      }));
    })
    .slice(0, options.limit ?? Number.POSITIVE_INFINITY);
}

function goList(): Expected[] {
  const ran = spawnSync('go', ['list', '-e', '-deps', '-json=ImportPath,Error', './...'], { encoding: 'utf8' });
  return ran.stdout
    .split(/(?<=^\})\n/m)
    .filter((text) => text.trim())
    .map((text) => JSON.parse(text).Error)
    .filter(Boolean)
    .map((one) => ({ severity: 'error' as const, message: one.Err, ...goPlace(one.Pos) }));
}

const oracle = oracles[kind];
if (!oracle) throw new Error(`no oracle ${kind}`);
const found = await oracle();
process.stdout.write(`\n${JSON.stringify(found)}\n`, () => process.exit(0));
