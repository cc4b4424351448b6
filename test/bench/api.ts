// The API in process and over loopback: history and findings over a data folder as `serve` has it: node test/bench/api.ts
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLocalService } from '../../lib/cli/serve/service.ts';
import { readSettings } from '../../lib/cli/serve/settings.ts';
import { addMinutes } from '../../lib/core/time.ts';
import { makeApiHandler } from '../../lib/http/api-handler.ts';
import { createAuthenticator } from '../../lib/http/authenticator.ts';
import { localAdmin, makeLocalToken } from '../../lib/http/local-admin.ts';
import { startServer } from '../../lib/http/node-server.ts';
import { fileNames, mediaTypes } from '../../lib/reports/renderers/renderer.ts';
import { makeHandlers } from '../../lib/service/index.ts';
import { scanFolder } from '../../lib/workflows/scan-run/index.ts';
import { must } from '../support/answers.ts';
import { aCluster, aProject, scanAt } from '../support/fleet.ts';
import { largeReport } from '../support/report-builder.ts';
import { compareWithTarget } from './measure.ts';

const [findings, history] = [10_000, 1_000];
const data = mkdtempSync(join(tmpdir(), 'gatehouse-api-'));
const flags = { data, host: '127.0.0.1', port: 0, hostName: [], allow: [], allowSpecial: [], webhookHost: [], admin: [] };
const service = must(
  await openLocalService(
    flags,
    must(readSettings(flags)),
    () => '',
    () => undefined,
  ),
);
const { ports, folder } = service;
const { records, clock } = ports;

folder.database.exec('BEGIN');
must(await records.projects.create(aProject()));
must(await records.clusters.create(aCluster()));
const scan = scanAt(addMinutes('2026-01-01T00:00:00.000Z', history), { state: 'completed' });
for (let at = 0; at < history; at += 1)
  must(await records.scans.create(scanAt(addMinutes('2026-01-01T00:00:00.000Z', at), { state: at % 2 === 0 ? 'completed' : 'failed' })));
folder.database.exec('COMMIT');
const report = Buffer.from(JSON.stringify(largeReport(findings)));
const stored = must(await ports.objects.putIfAbsent(`${scanFolder(scan)}/${fileNames.json}`, report, { contentType: mediaTypes.json }));
must(await records.scans.create({ ...scan, artefacts: [{ name: fileNames.json, ...stored }] }));

const many = { burst: 1e9, perSecond: 1e9 };
const handler = makeApiHandler({
  handlers: makeHandlers(ports, { issuer: null, clientId: null, scopes: [] }),
  records,
  shortLived: ports.shortLived,
  clock,
  version: ports.version,
  authenticator: createAuthenticator({ records, clock, admins: [localAdmin] }),
  log: () => undefined,
  limits: { principal: many, address: many },
});
const token = must(await makeLocalToken(records, clock));
const cluster = `/v1/projects/${scan.projectId}/clusters/${scan.clusterId}`;
const paths = {
  'scans.list, 50 of 1,001': [`${cluster}/scans`, 'limit=50'],
  'scans.list, failed ones only': [`${cluster}/scans`, 'limit=50&state=failed'],
  'scans.findings, first 50 of 10,000': [`${cluster}/scans/${scan.id}/findings`, 'limit=50'],
  'scans.findings, text in all 10,000': [`${cluster}/scans/${scan.id}/findings`, 'limit=50&text=application-7-1'],
} as const;
const headers = { authorization: `Bearer ${token}`, host: '127.0.0.1' };

const call = async (rawPath: string, rawQueryString: string): Promise<void> => {
  const http = { method: 'GET', path: rawPath, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'bench' };
  const event = { version: '2.0', routeKey: '$default', rawPath, rawQueryString, headers, isBase64Encoded: false };
  const { statusCode, body } = await handler({ ...event, requestContext: { http, requestId: 'bench' } } as never);
  if (statusCode !== 200) throw new Error(`${rawPath}?${rawQueryString}: ${statusCode} ${body}`);
};

for (const [what, [path, query]] of Object.entries(paths)) {
  const times: number[] = [];
  for (let run = 0; run < 220; run += 1) {
    const began = performance.now();
    await call(path, query);
    // the first ones warm up
    if (run >= 20) times.push(performance.now() - began);
  }
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.ceil(share * times.length) - 1] ?? Number.NaN;
  console.log(`${what.padEnd(40)} p50 ${at(0.5).toFixed(2)} ms`);
  compareWithTarget(`api, ${what}, p99 in process`, at(0.99), 'ms', 50);
}

const server = must(await startServer({ handler, clock, log: () => undefined, port: 0 }));
for (const [what, [path, query]] of Object.entries(paths).slice(0, 3)) {
  let count = 0;
  const began = performance.now();
  const ask = async (): Promise<void> => {
    while (performance.now() - began < 5000) {
      const answer = await fetch(`${server.url}${path}?${query}`, { headers: { authorization: headers.authorization } });
      await answer.arrayBuffer();
      if (answer.status !== 200) throw new Error(`${what}: ${answer.status}`);
      count += 1;
    }
  };
  await Promise.all(Array.from({ length: 16 }, ask));
  console.log(
    `${what.padEnd(40)} ${(count / ((performance.now() - began) / 1000)).toFixed(0)} requests a second over loopback, 16 at a time`,
  );
}
await server.close();
await service.close();
rmSync(data, { recursive: true });
