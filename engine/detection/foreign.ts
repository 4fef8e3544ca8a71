import type { Evidence } from '../model/index.ts';
import type { Tree } from './text/tree.ts';

/** Manifests of what is built and tested by tools that are not known here, by their names, and what each is for. */
const FOREIGN: readonly (readonly [file: RegExp, tool: string])[] = [
  [/^deno\.jsonc?$/, 'Deno'],
  [/^composer\.json$/, 'Composer (PHP)'],
  [/^pom\.xml$/, 'Maven (Java)'],
  [/^(build|settings)\.gradle(\.kts)?$/, 'Gradle (Java, Kotlin)'],
  [/^build\.sbt$/, 'sbt (Scala)'],
  [/^(project\.clj|deps\.edn)$/, 'Clojure'],
  [/^Gemfile$|\.gemspec$/, 'Bundler (Ruby)'],
  [/\.(sln|slnx|csproj|fsproj)$/, '.NET'],
  [/^mix\.exs$/, 'Mix (Elixir)'],
  [/^rebar\.config$/, 'Rebar (Erlang)'],
  [/^Package\.swift$/, 'Swift'],
  [/^pubspec\.yaml$/, 'Dart'],
  [/^(stack\.yaml|cabal\.project)$|\.cabal$/, 'Cabal or Stack (Haskell)'],
  [/^dune-project$/, 'Dune (OCaml)'],
  [/^build\.zig$/, 'Zig'],
  [/^(CMakeLists\.txt|meson\.build|configure\.ac)$/, 'C or C++'],
];

/**
 * What the directory itself has of other ecosystems, a piece of evidence for each: nothing of that is verified. Deno's manifest beside a package.json is not
 * counted: packages are published with it.
 */
export function foreignManifests(tree: Tree): Evidence[] {
  const names = [...tree.files('')].sort();
  return FOREIGN.flatMap(([pattern, tool]) => {
    const file = names.find((name) => pattern.test(name));
    if (file === undefined || (tool === 'Deno' && tree.has('package.json'))) return [];
    return [tree.at(file, 1, `${file} is for ${tool}, which Assay does not know`)];
  });
}
