export { Bare, BareCopier, bare } from './bare.ts';
export { type BodiedFunction, functionBodies, functionOfBody } from './bodies.ts';
export { enclosingPiece, isFunction, type Piece, pieces } from './functions.ts';
export { type LanguageName, languageOf, type ScriptName, testLanguageOf } from './languages.ts';
export { nodeAt } from './node-at.ts';
export { SyntaxTree } from './syntax-tree.ts';
export { locateTest, type WrittenTest, writtenTests } from './tests.ts';
