export { hasStore, type Row, Store, StoreFullError, storeFile } from './store.ts';
