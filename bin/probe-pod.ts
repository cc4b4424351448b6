// The program of the internal vantage: runs in a pod, knocks where its plan says, writes what it saw to standard output. Bundled into one file
// (lib/adapters/probing/pod-program.ts), so that any image with Node.js can run it.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { createProbeSender } from '../lib/adapters/probing/index.ts';
import { probes } from '../lib/checks/exposure/all-probes.ts';
import { writeLetter } from '../lib/scanners/penetration/pod/letter.ts';
import { Plan } from '../lib/scanners/penetration/pod/plan.ts';
import { unpackDoors } from '../lib/scanners/penetration/targets/index.ts';
import { look } from '../lib/scanners/penetration/vantage/look.ts';

const plan = Plan.parse(JSON.parse(gunzipSync(readFileSync('/probe/plan.gz')).toString('utf8')));
const doors = unpackDoors(plan.doors);
const { signal } = new AbortController();
const sender = createProbeSender({ scanId: plan.scanId, version: plan.version, vantage: 'internal', doors, signal });
const sight = await look({ vantage: 'internal', doors, probes, sender, now: plan.now, signal, progress: () => undefined });
sender.close();
process.stdout.write(`${writeLetter(sight, plan.nonce).join('\n')}\n`);
