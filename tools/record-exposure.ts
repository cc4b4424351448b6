// Records what a penetration scan observes, for the demo: node tools/record-exposure.ts KUBECONFIG FILE. Verdicts only; no answer of a server is in it.
import { writeFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { connect } from '../lib/adapters/kubernetes/index.ts';
import { createProbing } from '../lib/adapters/probing/probing.ts';
import { penetrationScanner } from '../lib/scanners/penetration/index.ts';
import { identify } from '../lib/workflows/identify.ts';

const [kubeconfig, file] = process.argv.slice(2);
if (!kubeconfig || !file) throw new Error('say which kubeconfig, and which file to write');
const connected = await connect({ kubeconfig });
if (!connected.ok) throw new Error(connected.failure.say);
const { access, kubelets, tls, close } = connected.value;
const identified = await identify(access, 'demo');
if (!identified.ok) throw new Error(identified.failure.say);
const ports = {
  access,
  kubelets,
  tls,
  probing: createProbing({ version: 'demo' }),
  signal: new AbortController().signal,
  now: () => new Date().toISOString(),
  sleep: (ms: number) => wait(ms),
  progress: () => undefined,
};
const ticket = { cluster: identified.value.cluster, scanId: 'demo', options: { vantages: ['external' as const] } };
const facts = await penetrationScanner.poll(ticket, ports);
if (!facts.ok) throw new Error(facts.failure.say);
await writeFile(file, gzipSync(JSON.stringify(facts.value), { level: 9 }));
close();
