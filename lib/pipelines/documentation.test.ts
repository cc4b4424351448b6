import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { buildProgram } from '../cli/program.ts';
import { EvaluationAsk } from '../gate/request.ts';
import { PipelineRule, preSyncJob } from './index.ts';

const folder = new URL('../../docs/pipelines/', import.meta.url);
interface Example {
  readonly page: string;
  readonly language: string;
  readonly text: string;
}
const examples: readonly Example[] = readdirSync(folder).flatMap((page) =>
  [...readFileSync(new URL(page, folder), 'utf8').matchAll(/^```([a-z]+)\n([\s\S]*?)^```$/gm)].map(([, language = '', text = '']) => ({
    page,
    language,
    text,
  })),
);
/** Commands within sentences. */
const inline = readdirSync(folder).flatMap((page) =>
  [...readFileSync(new URL(page, folder), 'utf8').matchAll(/`(gatehouse [^`]+)`/g)].map(([, command = '']) => command),
);
const ofLanguage = (language: string): readonly Example[] => examples.filter((one) => one.language === language);
const documents = ofLanguage('yaml').flatMap(({ page, text }) =>
  parseAllDocuments(text, { strict: true, uniqueKeys: true }).map((document) => ({ page, document })),
);
const values = documents.map(({ document }) => document.toJS() as Record<string, unknown>);
const listed = (key: string): readonly unknown[] => values.flatMap((value) => (Array.isArray(value[key]) ? value[key] : []));

it('has examples of every system', () => {
  expect(new Set(examples.map(({ page }) => page)).size).toBe(9);
  expect(documents.length).toBeGreaterThan(15);
});
it.each(documents)('is valid YAML in $page', ({ document }) => {
  expect([...document.errors, ...document.warnings]).toEqual([]);
  expect(typeof document.toJS()).toBe('object');
});
it.each(ofLanguage('json'))('is valid JSON in $page', ({ text }) => {
  expect(() => JSON.parse(text)).not.toThrow();
});
it('writes rules as they are read', () => {
  expect(listed('rules').length).toBeGreaterThanOrEqual(6);
  for (const rule of listed('rules')) expect(PipelineRule.parse(rule)).toEqual(rule);
});
it('shows commands that the command line takes', async () => {
  const pages = [...examples.map(({ language, text }) => (language === 'sh' ? text : '')), ...inline];
  const lines = pages.flatMap((text) => text.split('\n').filter((line) => line.startsWith('gatehouse ')));
  expect(lines.filter((line) => line.includes(' trust create '))).toHaveLength(2);
  expect(new Set(lines.map((line) => / --system (\S+)/.exec(line)?.[1]).filter(Boolean)).size).toBe(7);
  for (const line of lines) {
    let loaded: unknown;
    const program = buildProgram('0', async (load) => {
      loaded = await load();
    });
    await program.parseAsync(line.split(' ').slice(1), { from: 'user' });
    expect(loaded).toBeTypeOf('function');
  }
});
it('asks what the gate understands', () => {
  const inScripts = examples.flatMap(({ text }) => [...text.matchAll(/-d '(\{.*\})'/g)].map(([, question = '']) => question));
  const inGroovy = ofLanguage('groovy').flatMap(({ text }) => [...text.matchAll(/"""(\{.*\})"""/g)].map(([, question = '']) => question));
  const signed = examples.filter(({ page, language }) => page === 'webhooks.md' && language === 'json').map(({ text }) => text);
  const all = [...inScripts, ...inGroovy, ...signed];
  expect(all).toHaveLength(4);
  for (const question of all) expect(EvaluationAsk.parse(JSON.parse(question)).target.kubernetesVersion).toBe('v1.36.3');
});
it('shows the job for Argo CD as it is made', () => {
  const [shown] = ofLanguage('yaml').filter(({ page }) => page === 'argo-cd.md');
  const made = preSyncJob({
    namespace: 'shop',
    server: 'https://gate.example.com',
    cluster: 'prod-a',
    target: 'v1.36.3',
    image: 'curlimages/curl:8.16.0',
    secretName: 'gatehouse',
  });
  expect(shown?.text).toBe(made);
  expect(parse(made)).toMatchObject({ kind: 'Job' });
});
