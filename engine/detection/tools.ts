import type { Ecosystem, Purpose } from './model.ts';

/** What a command is good for; `check` is all that only looks at the text (linters, formatters). */
export type Deed = Exclude<Purpose, 'install'> | 'install' | 'check';

/** A program, with the words that must stand behind it (in this order, options between them), and what it does. */
interface Rule {
  words: readonly string[];
  deed: Deed;
  /** The framework or tool as it is called, where not by the first word. */
  name?: string;
  /** Options that make it something else. */
  unless?: RegExp;
}

/** By their first word; the first that fits counts. */
const rules = new Map<string, Rule[]>();
const add = (deed: Deed, lines: string, unless?: RegExp) => {
  for (const line of lines.trim().split(/\s*;\s*/)) {
    // The last: an option may have a value.
    const at = line.lastIndexOf('=');
    const [words, name] = at < 0 ? [line, undefined] : [line.slice(0, at), line.slice(at + 1)];
    const rule: Rule = { words: words.trim().split(/\s+/), deed, ...(name && { name: name.trim() }), ...(unless && { unless }) };
    const first = rule.words[0] as string;
    rules.set(first, [...(rules.get(first) ?? []), rule]);
  }
};

// What looks like a command of another purpose comes first.
add(
  'typecheck',
  'tsc --noEmit; tsc --noemit; tsc --emitDeclarationOnly false; vue-tsc --noEmit; tsgo --noEmit; tsd; dtslint; svelte-check; flow check; flow; glint; attw; mypy; pyright; basedpyright; pyre check; pytype; ty check; vitest typecheck; go vet; cargo check; vue-tsc; tsd-lite; tstyche',
  /--build\b|^-b$/,
);
add('typecheck', 'tsc --noEmit; tsc -b --noEmit');
add(
  'check',
  'eslint; xo; biome; prettier; standard; ts-standard; oxlint; oxfmt; tslint; jshint; stylelint; markdownlint; cspell; knip; publint; size-limit; ruff; flake8; black; isort; pylint; bandit; codespell; pre-commit; cargo fmt; cargo clippy; cargo deny; cargo audit; gofmt; goimports; golangci-lint; staticcheck; dprint; next lint; ls-engines; lockfile-lint; eclint; depcheck; cargo doc; zizmor',
);
add(
  'test',
  'vitest run; vitest related; vitest; jest; react-scripts test=jest; ts-mocha=mocha; _mocha=mocha; mocha; electron-mocha=mocha; mochify=mocha; ava; tap; taprun=tap; uvu; jasmine; karma start=karma; tape; qunit; lab; borp=node:test; bnt=node:test; cypress run=cypress; playwright test=playwright; wtr=web-test-runner; web-test-runner; wdio; bun test; deno test; ng test=karma; vue-cli-service test:unit=jest; japa; poku; tst; glob tape=tape; hardhat test=hardhat; forge test=forge; airtap; testem ci=testem; testcafe; codeceptjs run=codeceptjs; nightwatch; node --test=node:test; tsx --test=node:test; zuul; aegir test=aegir; dtest; tsdx test=jest; brittle; twd; egg-bin test=mocha; lerna run test=lerna; lerna run test-unit=lerna; lerna run unit=lerna; turbo run test=turbo; turbo test=turbo; nx run-many -t test=nx; nx run-many --target=test=nx; nx run-many --targets=test=nx; nx affected -t test=nx; nx affected --target=test=nx; nx affected --targets=test=nx; nx test=nx; gulp test=test program; grunt test=test program; cucumber-js=cucumber; ember test=ember; best test=best; percy exec=percy; mochapack=mocha; mocha-webpack=mocha; nyc mocha=mocha',
);
add(
  'test',
  'pytest; hatch test=pytest; py.test=pytest; python -m pytest=pytest; python -m unittest=unittest; unittest; green; nose2; nosetests=nose; trial=twisted.trial; stestr run=stestr; python setup.py test=unittest; python manage.py test=django; django-admin test=django; behave; ward; zope-testrunner; coverage run -m pytest=pytest; coverage run -m unittest=unittest; coverage run; tox; nox',
);
add(
  'test',
  'go test; gotestsum=go test; ginkgo; go tool gotestsum=go test; go run gotest.tools/gotestsum=go test; richgo test=go test; gotest=go test',
);
add(
  'test',
  'cargo nextest=nextest; cargo test; cargo t=cargo test; cargo llvm-cov=cargo test; cargo tarpaulin=cargo test; cross test=cargo test; cargo hack test=cargo test; cargo miri test=cargo test; cargo insta test=cargo test; cargo minimal-versions test=cargo test; cargo careful test=cargo test',
  /--no-run|report|^clean$|^show-env$/,
);
add(
  'build',
  'vite build; rollup; webpack; webpack-cli; rspack build; rsbuild build; rslib build; esbuild; swc; babel; tsup; tsdown; unbuild; obuild; pkgroll; bunchee; microbundle; tshy; zshy; next build; nest build; ng build; nuxt build; nuxi build; astro build; parcel build; preconstruct build; father build; vue-cli-service build; react-scripts build; tsdx build; svelte-package; svelte-kit package; ng-packagr; ncc build; stencil build; gulp build; grunt build; gulp; grunt; browserify; bun build; deno task build; tsc; tsgo; tspc; ttsc; vue-tsc -b; remix build; react-router build; expo export; docusaurus build; vitepress build; storybook build; wxt build; bob build; dts; duel; kkt build; lerna run build; lerna run compile; turbo run compile; nx run-many --target=build=nx; nx run-many --targets=build=nx; nx affected --target=build=nx; nx affected --targets=build=nx; nx affected -t build; turbo run build; turbo build; nx build; nx run-many -t build; hardhat compile; hardhat build; forge build; heft build; api-extractor; packemon build; rolldown; smartbundle; jsbt build; packem build; vp pack',
  /--watch\b|^-w$|--noEmit|^dev$|^serve$/,
);
add(
  'build',
  'python -m build; uv build; poetry build; hatch build; pdm build; flit build; maturin build; maturin develop; python setup.py build; python setup.py build_ext; python setup.py sdist; python setup.py bdist_wheel; cibuildwheel; go build; go install; goreleaser build; cargo build; cargo b; cross build; cargo hack build; gox',
);
add(
  'start',
  'next start; next dev; vite preview; vite dev; vite serve; vite; nest start; nodemon; ts-node-dev; ng serve; nuxt dev; nuxt start; nuxt preview; astro dev; react-scripts start; vue-cli-service serve; fastify start; serve; http-server; remix-serve; react-router-serve; remix dev; pm2-runtime; pm2 start; wrangler dev; uvicorn; gunicorn; hypercorn; daphne; flask run; fastapi dev; fastapi run; python manage.py runserver; python -m uvicorn; python -m http.server; python -m flask; go run; air; cargo run; cargo watch',
  /--test\b/,
);
add(
  'install',
  'npm ci; npm install; npm i; pnpm install; pnpm i; yarn install; yarn; bun install; bun i; pip install; python -m pip install; poetry install; uv sync; uv pip install; pdm install; pdm sync; hatch env create; pipenv install; pipenv sync; conda install; go mod download; go get; go mod tidy; cargo fetch; cargo install; rustup; apt-get; corepack',
);

/** A program of a project's own that runs its tests: peewee's and Django's `runtests.py`. */
export const TEST_PROGRAM = /(^|\/)(run_?tests?|tests?)\.py$/;

/** Names of environments and sessions that test, or that only the shell knows. */
const TESTING = /test|unit|cov|py|\d\.\d|\$|ALL/;

/** Words behind a collection of scripts that a project shares with others (`ts-scripts test`). */
const OF_SCRIPTS: Record<string, Deed | undefined> = { test: 'test', build: 'build', lint: 'check', start: 'start' };

/** What a bare command does by its first words; its launchers are gone (`npx`, `uv run`). Undefined where it is none that is known. */
export function knownTool(argv: readonly string[]): { deed: Deed; name: string } | undefined {
  // Cargo takes a toolchain first.
  const [program = '', ...rest] = argv.filter((word, i) => i !== 1 || !word.startsWith('+'));
  const name = programName(program);
  if (rest.some((word) => word === '--version' || word === '--help')) return undefined;
  if (name === 'python' && TEST_PROGRAM.test(rest[0] ?? '')) return { deed: 'test', name: 'test program' };
  if (/^(tox|nox)$/.test(name) && rest.some((word, i) => /^(-[se]|--sessions?|--env)$/.test(rest[i - 1] ?? '') && !TESTING.test(word)))
    return undefined;
  const does = name.endsWith('-scripts') ? OF_SCRIPTS[rest[0] ?? ''] : undefined;
  for (const { words, deed, name: called, unless } of rules.get(name) ?? []) {
    if (!inOrder(words.slice(1), rest)) continue;
    if (unless && rest.some((word) => unless.test(word))) continue;
    return {
      deed,
      name:
        called ??
        words
          .filter((word) => !word.startsWith('-'))
          .slice(0, /^(go|cargo|bun|deno)$/.test(name) ? 2 : 1)
          .join(' '),
    };
  }
  return does && { deed: does, name: does === 'test' ? 'test program' : name };
}

/** `node_modules/.bin/mocha`, `./node_modules/mocha/bin/mocha.js`, `mocha@11` and `mocha` are all `mocha`; `python3.12` is `python`. */
export function programName(word: string): string {
  const last = word.replaceAll('\\', '/').split('/').at(-1) ?? word;
  const name = last.replace(/\.(m|c)?js$|\.cmd$|\.exe$/, '').replace(/(?<=.)@.*$/, '');
  return /^(python|pip)[\d.]*$/.test(name) ? (/^[a-z]+/.exec(name)?.[0] ?? name) : name;
}

/** Whether `wanted` stand at the front of `words` in their order, with nothing but options between; options may stand anywhere. */
function inOrder(wanted: readonly string[], words: readonly string[]): boolean {
  let met = 0;
  for (const word of wanted) {
    if (word.startsWith('-') && word !== '-m') {
      if (!words.includes(word)) return false;
      continue;
    }
    while (met < words.length && words[met] !== word && (words[met] as string).startsWith('-')) met++;
    if (words[met] !== word) return false;
    met++;
  }
  return true;
}

const OF_PYTHON =
  /^(python|pip|pytest|py\.test|tox|nox|mypy|pyright|basedpyright|pyre|pytype|ty|coverage|uv|uvx|poetry|pdm|hatch|flit|maturin|cibuildwheel|green|nose2|nosetests|trial|stestr|unittest|behave|ward|django-admin|zope-testrunner|uvicorn|gunicorn|flask|fastapi|inv|invoke)$/;
const OF_GO = /^(go|gotestsum|ginkgo|gotest|richgo|goreleaser|gox|air)$/;

/** Whose tool a command line starts; all that is not known otherwise is of Node. */
export function ecosystemOf(argv: readonly string[]): Ecosystem {
  const name = programName(argv[0] ?? '');
  if (name === 'cargo' || name === 'cross') return 'rust';
  if (OF_GO.test(name)) return 'go';
  return OF_PYTHON.test(name) ? 'python' : 'node';
}
