import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

const cycloneDx = join(dirname(fileURLToPath(import.meta.resolve('@cyclonedx/cyclonedx-library/package.json'))), 'res/schema');
const read = (path: string): object => {
  const schema: unknown = JSON.parse(readFileSync(path, 'utf8'));
  if (typeof schema !== 'object' || schema === null) throw new Error(`${path} holds no schema`);
  return schema;
};

/** What is wrong with a document by a schema; nothing when it is valid. */
export type Judge = (text: string) => readonly string[];

const judgeBy = (path: string, others: ReadonlyMap<string, string> = new Map()): Judge => {
  const schema = read(path);
  const isOf2020 = JSON.stringify(schema).includes('json-schema.org/draft/2020-12');
  const ajv = new (isOf2020 ? Ajv2020 : Ajv)({ strict: false, allErrors: true, validateFormats: true });
  formats.default(ajv);
  // formats of internationalised names, which no document of ours has but as plain text
  for (const name of ['iri-reference', 'idn-email']) ajv.addFormat(name, true);
  for (const [id, other] of others) ajv.addSchema(read(other), id);
  const validate = ajv.compile(schema);
  return (text) =>
    validate(JSON.parse(text)) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
};

/** By the schemas that come with CycloneDX's own library. */
export const cycloneDxJudge = (version: '1.6' | '1.7'): Judge => {
  const file = (name: string): string => join(cycloneDx, `${name}.SNAPSHOT.schema.json`);
  const parts = ['spdx', 'jsf-0.82', 'cryptography-defs'];
  return judgeBy(
    file(`bom-${version}`),
    new Map(parts.map((name) => [`http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json`, file(name)])),
  );
};

/** By a schema in a file, of draft 7 or 2020-12. */
export const fileJudge = (path: string): Judge => judgeBy(path);
