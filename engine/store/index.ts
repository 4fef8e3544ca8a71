export { hasStore, type Row, Store, StoreFullError } from './store.ts';
