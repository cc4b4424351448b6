import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { beforeAll, expect, it, onTestFinished } from 'vitest';
import cdk from '../../cdk.json' with { type: 'json' };
import { createApp } from '../../lib/infra/gatehouse-app.ts';
import { type FunctionName, functionNames } from '../../lib/infra/sizes.ts';
import { variables } from '../../tools/bundles.ts';
import { at, everything, ofType, region, resourcesOf } from './resources.ts';

/** The folder of each function's bundle. */
const folders = new Map<FunctionName, string>();
beforeAll(() => {
  process.env.CDK_DOCKER = '/bin/false';
  const app = createApp({ context: { ...cdk.context, ...everything } }, { region });
  const functions = ofType(resourcesOf(app), 'AWS::Lambda::Function');
  const { directory } = app.synth();
  for (const fn of functions) {
    const name = functionNames.find((one) => fn.id.toLowerCase().startsWith(one));
    if (name) folders.set(name, join(directory, `asset.${String(at(fn, 'Properties.Code.S3Key')).replace('.zip', '')}`));
  }
}, 240_000);
const folderOf = (name: FunctionName): string => folders.get(name) ?? '';

const call = async (name: FunctionName, script: string, more: Record<string, string> = {}): Promise<string> => {
  const code = `const { handler } = await import(${JSON.stringify(join(folderOf(name), 'index.mjs'))});${script}`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', code], {
    env: { ...process.env, ...variables, ...more },
  });
  return stdout;
};

it('gives every function its own bundle, without a container and without an account', () => {
  expect(new Set(folders.values()).size).toBe(functionNames.length);
  const speaks = functionNames.filter((name) => readFileSync(join(folderOf(name), 'index.mjs'), 'utf8').includes('REQUEST_DONE'));
  expect(speaks).toEqual(['api']);
  // the scan brings the fonts of its reports
  expect(readdirSync(join(folderOf('scan'), 'node_modules', 'dejavu-fonts-ttf', 'ttf')).length).toBe(3);
});

it.each(functionNames)('starts %s by itself, and without the second HTTP client of Node', { timeout: 60_000 }, async (name) => {
  const script = "console.log(typeof handler, process.moduleLoadList.some((one) => one.includes('undici')))";
  expect((await call(name, script)).trim()).toBe('function false');
});

/** AWS as far as a delivery asks it: a record that is or is not there, and a history that is written. */
const aws = async (webhook: object | undefined) => {
  const asked: string[] = [];
  const item = webhook && { pk: { S: 'PROJECT#default' }, sk: { S: 'WEBHOOK#whk-0123456789ab' }, revision: { N: '1' } };
  const data = { S: JSON.stringify({ schemaVersion: 1, value: webhook }) };
  const server = createServer(async (request, response) => {
    const body = JSON.parse(await text(request));
    const operation = String(request.headers['x-amz-target'] ?? '').split('.')[1];
    asked.push(operation ?? `checkpoint ${body.Updates.map((one: { Name: string; Action: string }) => `${one.Name} ${one.Action}`)}`);
    const answer = operation ? { ...(item && { Item: { ...item, data } }) } : { CheckpointToken: 'next', NewExecutionState: {} };
    response.writeHead(200, { 'content-type': operation ? 'application/x-amz-json-1.0' : 'application/json' }).end(JSON.stringify(answer));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const credentials = { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'example' };
  return { asked, variables: { ...credentials, AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}` } };
};

const webhook = {
  ...{ id: 'whk-0123456789ab', projectId: 'default', url: 'https://hooks.example.com/a', events: ['scan.completed'], active: true },
  createdAt: '2026-11-27T12:00:00.000Z',
};

it.each([
  { what: 'gives up for a webhook that is gone', stored: undefined, is: 'cancelled', writes: [] },
  { what: 'refuses a host that nobody allowed, and remembers it', stored: webhook, is: 'refused', writes: ['PutItem'] },
])('the bundle of a delivery $what', { timeout: 60_000 }, async ({ stored, is, writes }) => {
  const { asked, variables: here } = await aws(stored);
  const event = { id: 'e1', type: 'scan.completed', subject: 'projects/default', time: '2026-11-27T12:00:00.000Z', data: {} };
  const delivery = { projectId: 'default', webhookId: webhook.id, event };
  const execution = {
    ...{ Id: 'run', Type: 'EXECUTION', Status: 'STARTED', StartTimestamp: 1 },
    ExecutionDetails: { InputPayload: JSON.stringify(delivery) },
  };
  const input = { DurableExecutionArn: 'arn:run', CheckpointToken: 'first', InitialExecutionState: { Operations: [execution] } };
  const script = `console.log(JSON.stringify(await handler(${JSON.stringify(input)}, { getRemainingTimeInMillis: () => 60000, awsRequestId: '1' })))`;
  const answer = JSON.parse((await call('deliver', script, here)).trim().split('\n').at(-1) ?? '');
  expect(answer).toMatchObject({ Status: 'SUCCEEDED', Result: JSON.stringify({ is }) });
  expect(asked.filter((one) => one !== 'GetItem' && !one.startsWith('checkpoint'))).toEqual(writes);
  expect(asked.join('\n')).toContain('try 1 SUCCEED');
});
