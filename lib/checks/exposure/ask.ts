import type { ProbeAnswer, ProbeRequest } from '../../core/probing/index.ts';
import type { Asked, OpenDoor, Probe } from './probe.ts';

/** Rounds of questions a probe may need at most. */
const mostRounds = 6;

/** Puts a probe's questions to a door, round by round, as the scanner does and as the cases do. */
export const ask = async (
  probe: Probe,
  door: OpenDoor,
  send: (request: ProbeRequest) => Promise<ProbeAnswer>,
): Promise<readonly Asked[]> => {
  const asked: Asked[] = [];
  for (let round = 0; round < mostRounds; round += 1) {
    const requests = probe.send(door, asked);
    if (requests.length === 0) break;
    // one after the other: a target never gets more from one probe than it would from one person
    for (const request of requests) asked.push({ request, answer: await send(request) });
  }
  return asked;
};
