import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import cdk from '../../cdk.json' with { type: 'json' };
import { createApp } from '../../lib/infra/gatehouse-app.ts';
import { at, everything, ofType, region, resourcesOf } from './resources.ts';

it('gives every function its own bundle, without a container and without an account', { timeout: 120_000 }, () => {
  process.env.CDK_DOCKER = '/bin/false';
  const app = createApp({ context: { ...cdk.context, ...everything } }, { region });
  const functions = ofType(resourcesOf(app), 'AWS::Lambda::Function');
  const { directory } = app.synth();
  const folders = functions.map((fn) => join(directory, `asset.${String(at(fn, 'Properties.Code.S3Key')).replace('.zip', '')}`));
  expect(new Set(folders).size).toBe(3);
  const entries = folders.map((folder) => readFileSync(join(folder, 'index.mjs'), 'utf8'));
  expect(entries.map((text) => text.includes('REQUEST_DONE'))).toEqual(functions.map(({ id }) => id.startsWith('Api')));
  // the scan brings the fonts of its reports
  const scan = folders[functions.findIndex(({ id }) => id.startsWith('Scan'))] ?? '';
  expect(readdirSync(join(scan, 'node_modules', 'dejavu-fonts-ttf', 'ttf')).length).toBe(3);
});
