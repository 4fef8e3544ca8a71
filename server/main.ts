import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { startServer } from './server.ts';

// A client that is gone, by whatever cause, takes the server with it, and with the server go its runs: their guards see the pipe close.
process.on('disconnect', () => process.exit(0));
process.stdin.on('end', () => process.exit(0));

startServer(createConnection(ProposedFeatures.all));
