export {
  type Proposal,
  type StrengthenEvent,
  type Strengthening,
  type StrengthenRequest,
  strengthen,
  type TestEdit,
  type Unkilled,
} from './strengthen.ts';
export { changed } from './writing/index.ts';
