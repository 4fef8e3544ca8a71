import { esbuild } from './esbuild.ts';
import { go } from './go.ts';
import { mypy } from './mypy.ts';
import { nest } from './nest.ts';
import { next } from './next.ts';
import { pyright } from './pyright.ts';
import { python } from './python.ts';
import type { ReaderOf } from './reader.ts';
import { rolldown } from './rolldown.ts';
import { rollup } from './rollup.ts';
import { rustc } from './rustc.ts';
import { typescript } from './typescript.ts';
import { vite } from './vite.ts';
import { webpack } from './webpack.ts';

/** Readers of all tools. */
export const READERS: readonly ReaderOf[] = [typescript, esbuild, rollup, rolldown, vite, webpack, next, nest, python, mypy, pyright, go, rustc];
