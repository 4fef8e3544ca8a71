export { type AppProcess, startApp, waitForPorts } from './app-process.ts';
export { type Endpoint, findEndpoint, problemOf, refusal } from './endpoint.ts';
export { embeddedGenerator, type Generator } from './generator/autocannon.ts';
export { k6Generator } from './generator/k6.ts';
export { type LoadOptions, type LoadReport, type LoadTarget, testLoad } from './load-test.ts';
export { type Bottleneck, type Health, type LoadedRequest, type Measurement, PLAIN_REQUEST } from './model.ts';
