import { viewFile } from '../engine/mutation/index.ts';
import { type ReportFormat, render } from '../engine/report/index.ts';
import type { Workspace } from './workspace.ts';

/** The results of a package (absolute path) as a text in one of the formats; empty results where nothing was judged. */
export async function exportResults(workspace: Workspace, directory: string, format: ReportFormat, version: string): Promise<string> {
  const book = workspace.books.of(directory);
  const sifter = await workspace.sifter(directory);
  const views = await Promise.all(book.files().map((file) => viewFile(book, file, sifter)));
  const run = book.lastRun();
  return render(format, {
    packageName: run?.packageName ?? directory,
    directory,
    files: views.filter((view) => view !== undefined),
    tests: book.tests(),
    run,
    version,
  });
}
