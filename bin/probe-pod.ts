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
const over = new AbortController();
// what was seen is only known once it is written: a pod that is ended in the middle has said nothing
const timer = setTimeout(() => over.abort(), plan.lookMs);
const { version, scanId } = plan;
const sender = createProbeSender({ scanId, version, vantage: 'internal', doors, signal: over.signal });
const sight = await look({
  vantage: 'internal',
  doors,
  probes,
  sender,
  now: plan.now,
  signal,
  timeUp: over.signal,
  progress: () => undefined,
});
clearTimeout(timer);
sender.close();
process.stdout.write(`${writeLetter(sight, plan.nonce).join('\n')}\n`);
