import { gateChecks } from '../lib/gate/checks/index.ts';
import { type BuiltInPolicy, builtInPolicies, builtInPolicy } from '../lib/gate/policy/built-in/index.ts';
import { weightOf } from '../lib/gate/policy/check-choice.ts';
import { schemaFor } from '../lib/gate/policy/document.ts';

type Row = readonly string[];
type Table = (head: Row, rows: readonly Row[]) => string;

const names = Object.keys(builtInPolicies) as readonly BuiltInPolicy[];

const section = (name: BuiltInPolicy, table: Table): string => {
  const { checks, scans } = builtInPolicy(name).policy.spec;
  const rows = [
    ...gateChecks.map(({ id, title, severity }): Row => [`\`${id}\``, title, severity, weightOf(id, checks)]),
    ...scans.map(
      ({ kind, maxAge, maxFailed, required }): Row => [
        `\`scan.${kind}\``,
        `A completed scan of at most ${maxAge}${
          maxFailed
            ? `; failures at most: ${Object.entries(maxFailed)
                .map(([severity, most]) => `${most} ${severity}`)
                .join(', ')}`
            : ''
        }`,
        'high',
        required ? 'required' : 'advisory',
      ],
    ),
  ];
  return `## \`${name}\`\n\n${builtInPolicy(name).policy.metadata.description}\n\n${table(['check', 'what holds', 'severity', 'weight'], rows)}\n\`\`\`yaml\n${builtInPolicies[name]}\`\`\`\n`;
};

const documentSection = (table: Table): string => {
  const { types, variables } = schemaFor({});
  const rows = Object.entries(types)
    .filter(([type]) => type !== 'Params')
    .flatMap(([type, fields]) => Object.entries(fields).map(([field, is]): Row => [`\`${type}\``, `\`${field}\``, `\`${is}\``]));
  const named = Object.entries(variables).map(([name, type]): Row => [`\`${name}\``, `\`${type}\``]);
  return `## What rules read\n\n${table(['variable', 'type'], named)}\nParams has the params of the policy; \`variables\` the named expressions.\n\n${table(['type', 'field', 'is'], rows)}`;
};

/** docs/generated/policies.md behind its heading. */
export const policiesPage = (table: Table): string => `${names.map((name) => section(name, table)).join('\n')}\n${documentSection(table)}`;
