import { createHash } from 'node:crypto';
import { failed, type Result, succeed } from '../../core/failure.ts';
import { timeOf } from '../../core/time.ts';
import type { Delivery } from '../../pipelines/index.ts';
import type { RecordKey } from '../../ports/record-store.ts';
import type { ServicePorts } from '../handler.ts';

type Ports = Pick<ServicePorts, 'shortLived'>;

/** Ids are the sender's choice: hashed, so that they have a length we like. */
const keyOf = (connectionId: string, id: string): RecordKey => ({
  pk: `DELIVERY#${connectionId}#${createHash('sha256').update(id).digest('hex')}`,
  sk: 'SEEN',
});

const again = failed('conflict', 'This delivery was accepted before; nothing was done a second time.');

/** Forgets a delivery that came to nothing after all: its sender may send it again. */
export const forget = async ({ shortLived }: Ports, connectionId: string, ids: readonly string[]): Promise<void> => {
  for (const id of ids) await shortLived.remove(keyOf(connectionId, id));
};

/** Remembers a delivery for as long as it could be taken for a new one. `conflict` when one of its ids was seen before: of two at the same moment, one is refused. */
export const remember = async (ports: Ports, connectionId: string, { ids, rememberUntil }: Delivery): Promise<Result<void>> => {
  const expiresAt = Math.ceil(timeOf(rememberUntil) / 1000);
  const kept: string[] = [];
  for (const id of ids) {
    const written = await ports.shortLived.put({ ...keyOf(connectionId, id), data: {}, expiresAt }, { absent: true });
    if (written.ok) kept.push(id);
    else {
      await forget(ports, connectionId, kept);
      return written.failure.code === 'conflict' ? again : written;
    }
  }
  return succeed(undefined);
};
