import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { CancellationTokenSource } from 'vscode-languageserver-protocol/node';
import { Client } from './support/client.ts';
import { prepareSubject } from './support/subject.ts';
const subject = await prepareSubject('vitest');
const client = await Client.start(subject.directory);
await client.open(subject.file);
const server = client.server.pid as number;
const sample=()=>{ const g: Record<string, number> = {}; let name='anon'; for(const l of readFileSync(`/proc/${server}/smaps`,'utf8').split('\n')){ const m=/^[0-9a-f]+-[0-9a-f]+ (....) \S+ \S+ \S+\s*(.*)$/.exec(l); if(m){name=m[2]===''?'anon':m[2]==='[heap]'?'heap':m[2]!.startsWith('/')?'file':m[2]!; } const r=/^Rss:\s+(\d+)/.exec(l); if(r) g[name]=(g[name]??0)+Number(r[1]); } return Object.entries(g).map(([k,v])=>`${k} ${(v/1024).toFixed(1)}`).join(' '); };
console.log('start', server, sample());
for (let run = 0; run < Number(process.argv[2]??200); run++) {
  const source = new CancellationTokenSource();
  const judged = client.mutate(subject.file, source.token).catch(() => undefined);
  await Promise.race([judged, delay(((run * 7919) % 100) * 25)]);
  source.cancel(); await judged;
  if (run % 20 === 0) console.log(run, sample());
}
await delay(1000); console.log('end', sample());
await client.stop();
