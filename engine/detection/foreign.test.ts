import assert from 'node:assert/strict';
import { foreignManifests } from './foreign.ts';
import { Tree } from './text/tree.ts';

/** The files of a directory, and what is said of them. */
const CASES: Record<string, string[]> = {
  'pom.xml src/Main.java': ['pom.xml is for Maven (Java), which Assay does not know'],
  'build.gradle.kts settings.gradle.kts': ['build.gradle.kts is for Gradle (Java, Kotlin), which Assay does not know'],
  'composer.json package.json': ['composer.json is for Composer (PHP), which Assay does not know'],
  'deno.json mod.ts': ['deno.json is for Deno, which Assay does not know'],
  'deno.json package.json': [],
  'Shop.sln Shop.csproj': ['Shop.csproj is for .NET, which Assay does not know'],
  'package.json sub/pom.xml': [],
};

describe('what a directory has of other ecosystems', () => {
  for (const [files, expected] of Object.entries(CASES)) {
    it(files, () => {
      const tree = Tree.of('/p', Object.fromEntries(files.split(' ').map((file) => [file, ''])));
      assert.deepEqual(
        foreignManifests(tree).map(({ says }) => says),
        expected,
      );
    });
  }
});
