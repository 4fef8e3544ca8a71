import * as vscode from 'vscode';
import type { Ladder, ProvenTest, ProvenTests, TestName } from '../server/protocol.ts';

/** The tests of the newest proofs as VS Code lists them: project, file, suites, test. */
export class TestTree {
  readonly #controller: vscode.TestController;
  readonly #names = new WeakMap<vscode.TestItem, TestName>();
  readonly #projects = new WeakMap<vscode.TestItem, string>();
  /** The items of tests and files, by project and name. */
  #items = new Map<string, vscode.TestItem>();

  constructor(controller: vscode.TestController) {
    this.#controller = controller;
  }

  /** Lists the projects that have something to run, and the tests that are known of them. */
  fill(ladders: readonly Ladder[], proven: readonly ProvenTests[]): void {
    this.#items = new Map();
    const withTests = ladders.filter(({ steps }) => steps.some(({ rung, cannot }) => rung === 'test' && !cannot));
    this.#controller.items.replace(
      withTests.map((ladder) =>
        this.#project(
          ladder,
          proven.find(({ project }) => project === ladder.id),
        ),
      ),
    );
  }

  /** The item of a test. */
  find(project: string, { uri, title }: TestName): vscode.TestItem | undefined {
    return this.#items.get(keyOf(project, uri, title));
  }

  /** The item of a file. */
  fileOf(project: string, uri: string): vscode.TestItem | undefined {
    return this.#items.get(keyOf(project, uri, []));
  }

  /** What a test is called. */
  nameOf(item: vscode.TestItem): TestName {
    return this.#names.get(item) ?? { uri: null, title: [] };
  }

  /** All tests of a project. */
  *testsOf(project: string): Generator<vscode.TestItem> {
    const item = this.#controller.items.get(project);
    if (item) yield* this.#tests(item);
  }

  /** The projects that a request is about, with their tests where not all of a project are meant. */
  wanted({ include, exclude }: vscode.TestRunRequest): { project: string; tests?: vscode.TestItem[] }[] {
    const found = new Map<string, vscode.TestItem[] | undefined>();
    const left = new Set((exclude ?? []).flatMap((item) => [...this.#tests(item)]));
    for (const item of include ?? [...this.#controller.items].map(([, one]) => one)) {
      const project = this.#projects.get(item);
      if (project === undefined) continue;
      const isWhole = item.id === project && left.size === 0;
      const tests = [...this.#tests(item)].filter((one) => !left.has(one));
      // A project of which no test is known yet can only be run as a whole.
      if (isWhole || tests.length === 0) found.set(project, undefined);
      else if (!found.has(project)) found.set(project, tests);
      else found.get(project)?.push(...tests);
    }
    return [...found].map(([project, tests]) => ({ project, ...(tests && { tests: [...new Set(tests)] }) }));
  }

  *#tests(item: vscode.TestItem): Generator<vscode.TestItem> {
    if (this.#names.has(item)) yield item;
    for (const [, child] of item.children) yield* this.#tests(child);
  }

  #project(ladder: Ladder, proven: ProvenTests | undefined): vscode.TestItem {
    const root = this.#item(ladder.id, ladder.name, ladder.id, vscode.Uri.parse(ladder.uri));
    if (ladder.path !== '.') root.description = ladder.path;
    for (const { uri } of proven?.broken ?? []) if (uri !== null) this.#file(root, ladder, uri);
    for (const test of proven?.tests ?? []) this.#test(test.uri === null ? root : this.#file(root, ladder, test.uri), ladder.id, test);
    return root;
  }

  #file(root: vscode.TestItem, { id, uri: directory }: Ladder, uri: string): vscode.TestItem {
    return this.#child(root, uri, id, () => decodeURIComponent(uri.startsWith(directory) ? uri.slice(directory.length + 1) : uri), uri, []);
  }

  #test(parent: vscode.TestItem, project: string, test: ProvenTest): void {
    const { title, uri, range } = test;
    let at = parent;
    title.forEach((part, depth) => {
      const path = title.slice(0, depth + 1);
      at = this.#child(at, JSON.stringify(path), project, () => part, uri, path);
    });
    if (at === parent) return;
    if (range) at.range = new vscode.Range(range.start.line, range.start.column, range.end.line, range.end.column);
    this.#names.set(at, { uri, title });
  }

  /** The child of an item with an id, made where there is none. */
  #child(parent: vscode.TestItem, id: string, project: string, label: () => string, uri: string | null, title: readonly string[]): vscode.TestItem {
    const known = parent.children.get(id);
    if (known) return known;
    const item = this.#item(id, label(), project, uri === null ? undefined : vscode.Uri.parse(uri));
    // In the order in which they ran, not by their names.
    item.sortText = String(parent.children.size).padStart(6, '0');
    parent.children.add(item);
    this.#items.set(keyOf(project, uri, title), item);
    return item;
  }

  #item(id: string, label: string, project: string, uri: vscode.Uri | undefined): vscode.TestItem {
    const item = this.#controller.createTestItem(id, label, uri);
    this.#projects.set(item, project);
    return item;
  }
}

function keyOf(project: string, uri: string | null, title: readonly string[]): string {
  return JSON.stringify([project, uri, title]);
}
