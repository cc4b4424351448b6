import { z } from 'zod';
import { Comparison } from './comparison.ts';
import { Report } from './report.ts';

const published = (schema: z.ZodType, name: string, title: string): Readonly<Record<string, unknown>> => {
  const { $schema, ...rest } = z.toJSONSchema(schema, { target: 'draft-2020-12', io: 'input' });
  return { $schema, $id: `urn:gatehouse:schema:${name}:1`, title, ...rest };
};

/** JSON Schema (draft 2020-12) of report.json. Further fields are allowed: later versions of Gatehouse may add some under the same schema version. */
export const reportSchema = () => published(Report, 'report', 'Gatehouse report');
/** JSON Schema (draft 2020-12) of comparison.json. */
export const comparisonSchema = () => published(Comparison, 'comparison', 'Gatehouse comparison');
