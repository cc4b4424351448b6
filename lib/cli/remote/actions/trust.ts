import { failed, type Result, succeed } from '../../../core/failure.ts';
import type { TrustRuleRecord } from '../../../fleet/connection.ts';
import { idOf, type ProjectFlags, projectOf } from '../names.ts';
import { type Column, detailsText } from '../output.ts';
import { change, inSession, type ListFlags, listOfProject, show } from '../run.ts';
import type { PrintFlags, Session } from '../session.ts';

type OneFlags = PrintFlags & ProjectFlags & { readonly rule: string };
type CreateFlags = PrintFlags &
  ProjectFlags & {
    readonly name: string;
    readonly system: 'github' | 'gitlab';
    readonly issuer?: string;
    readonly audience: string;
    readonly repositoryId: string;
    readonly claim: readonly string[];
    readonly cluster: readonly string[];
  };

const issuers = { github: 'https://token.actions.githubusercontent.com', gitlab: 'https://gitlab.com' } as const;

const columns: readonly Column<TrustRuleRecord>[] = [
  ['id', ({ id }) => id],
  ['name', ({ name }) => name],
  ['issuer', ({ issuer }) => issuer],
  ['repository', ({ repositoryId }) => repositoryId],
  [
    'claims',
    ({ claims }) =>
      Object.entries(claims)
        .map(([name, value]) => `${name}=${value}`)
        .join(', '),
  ],
  ['clusters', ({ clusters }) => clusters.join(', ')],
];

const claimsOf = (texts: readonly string[]): Result<Record<string, string>> => {
  const pairs = texts.map((text) => [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1), text] as const);
  const wrong = pairs.find(([, , text]) => text.indexOf('=') < 1);
  if (wrong) return failed('input-invalid', `"${wrong[2]}" is no claim; write --claim NAME=VALUE, such as environment=production.`);
  const twice = pairs.find(([name], index) => pairs.findIndex(([other]) => other === name) !== index);
  if (twice) return failed('input-invalid', `The claim ${twice[0]} is given twice; make a rule for each of its values.`);
  return succeed(Object.fromEntries(pairs.map(([name, value]) => [name, value])));
};

const paramsOf = async ({ client }: Session, flags: OneFlags) => {
  const project = await projectOf(client, flags);
  if (!project.ok) return project;
  const id = await idOf(client, 'trust rule', flags.rule, project.value);
  return id.ok ? succeed({ ...project.value, trustRuleId: id.value }) : id;
};

export const listTrustRules = inSession<ListFlags & ProjectFlags>((session, flags, terminal) =>
  listOfProject(session, flags, terminal, { id: 'pipelines.listTrustRules', none: 'No jobs are trusted in this project.' }, columns),
);

export const showTrustRule = inSession<OneFlags>(async (session, flags, terminal) => {
  const params = await paramsOf(session, flags);
  return params.ok ? show(session, terminal, 'pipelines.getTrustRule', { params: params.value }) : params;
});

export const createTrustRule = inSession<CreateFlags>(async ({ client }, flags, terminal) => {
  const params = await projectOf(client, flags);
  if (!params.ok) return params;
  const claims = claimsOf(flags.claim);
  if (!claims.ok) return claims;
  const { name, system, issuer = issuers[system], audience, repositoryId, cluster } = flags;
  const body = { name, system, issuer, audience, repositoryId, claims: claims.value, clusters: [...cluster] };
  const made = await client.call('pipelines.createTrustRule', { params: params.value, body });
  return made.ok ? succeed({ json: made.value.json, text: detailsText(terminal, made.value.body) }) : made;
});

export const deleteTrustRule = inSession<OneFlags>(async (session, flags) => {
  const params = await paramsOf(session, flags);
  if (!params.ok) return params;
  const deleted = await change(session, 'pipelines.getTrustRule', 'pipelines.deleteTrustRule', { params: params.value });
  return deleted.ok ? succeed({ json: null, text: `The trust rule ${flags.rule} is deleted.\n` }) : deleted;
});
