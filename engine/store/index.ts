export { linkIn } from './links.ts';
export { hasStore, type Row, Store, StoreFullError, storeFile } from './store.ts';
