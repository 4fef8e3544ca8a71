import path from 'node:path';
import { findSources, readJson, readText } from '../workspace/index.ts';
import { aliasesOf } from './aliases.ts';
import { readCode } from './code.ts';
import { routesOf } from './routes.ts';

/** The routes of a package's web servers, as far as its sources say: `GET /users/:id`; `ANY` stands for all methods. Nothing is run. */
export async function findRoutes(directory: string, signal: AbortSignal): Promise<{ method: string; path: string }[]> {
  const manifest = (await readJson(path.join(directory, 'package.json'))) ?? {};
  const tsconfig = (await readText(path.join(directory, 'tsconfig.json'))) ?? (await readText(path.join(directory, 'jsconfig.json')));
  const sources = await readCode(await findSources(directory, directory), directory, aliasesOf(tsconfig, manifest), signal);
  return routesOf(sources).map(({ method, path: route }) => ({ method, path: route }));
}
