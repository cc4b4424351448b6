// A process of its own that serves one data folder and kills itself: `node scan-run-child.ts <folder> <log> <id> <n> <before|after> <way>` dies before or after the n-th thing it writes; n = 0 never.
import { appendFileSync } from 'node:fs';
import type { ObjectStore } from '../../lib/ports/object-store.ts';
import type { RecordStore } from '../../lib/ports/record-store.ts';
import { openScanService } from './scan-service.ts';
import { type Way, wayOf } from './scan-ways.ts';

const [folder = '', log = '', id = '', at = '0', when = 'after', way = 'completed'] = process.argv.slice(2);
let writes = 0;

/** Does something that cannot be undone, and dies before or after it when its turn has come. */
const dying = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
  const isLast = ++writes === Number(at);
  appendFileSync(log, `${what}\n`);
  if (isLast && when === 'before') process.kill(process.pid, 'SIGKILL');
  const done = await work();
  if (isLast) process.kill(process.pid, 'SIGKILL');
  return done;
};

const records = (store: RecordStore): RecordStore => ({
  ...store,
  put: (record, expected) => dying(`record ${record.sk.replace(/#.*/, '')}`, () => store.put(record, expected)),
  remove: (key, expected) => dying(`no record ${key.sk.replace(/#.*/, '')}`, () => store.remove(key, expected)),
});
const objects = (store: ObjectStore): ObjectStore => ({
  ...store,
  putIfAbsent: (key, body, options) => dying(`object ${key.replace(/.*\//, '')}`, () => store.putIfAbsent(key, body, options)),
});

const { connector, aroundObjects = (store) => store } = wayOf(way as Way);
const service = await openScanService(folder, {
  connector,
  aroundRecords: records,
  aroundObjects: (store) => aroundObjects(objects(store)),
  publish: (events) => dying(`event ${events[0]?.type}`, async () => ({ ok: true, value: undefined })),
});
service.engine.resume();
// whoever started this process ends it
setInterval(() => {
  if (service.engine.describe(id)?.state === 'succeeded') console.log('ended');
}, 50);
