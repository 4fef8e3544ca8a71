import type { Recognizer } from '../recognized.ts';
import { recognizeAssert } from './assert.ts';
import { recognizeAssume, recognizeShould } from './chai.ts';
import { recognizeExpect } from './expect.ts';
import { recognizeProperty } from './fast-check.ts';
import { recognizeSinon } from './sinon.ts';
import { recognizeRequest } from './supertest.ts';
import { recognizeQuery } from './testing-library.ts';
import { recognizeTypes } from './types.ts';

/** What knows assertions, in the order in which it is asked. A new framework is a file here and a line. */
export const RECOGNIZERS: readonly Recognizer[] = [
  recognizeExpect,
  recognizeTypes,
  recognizeProperty,
  recognizeSinon,
  recognizeAssert,
  recognizeShould,
  recognizeAssume,
  recognizeRequest,
  recognizeQuery,
];
