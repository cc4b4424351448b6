import { succeed } from '../../../core/failure.ts';
import type { Answer } from '../../answer.ts';
import type { Terminal } from '../../terminal.ts';
import { plain } from '../http/problem.ts';
import { detailsText } from '../output.ts';
import { inSession, show } from '../run.ts';
import type { PrintFlags } from '../session.ts';

/** What needs no sign-in is asked without one. */
const openly =
  (use: ReturnType<typeof inSession<PrintFlags>>) =>
  (flags: PrintFlags, terminal: Terminal): Promise<Answer> =>
    use(flags, { ...terminal, env: { ...terminal.env, GATEHOUSE_TOKEN: 'none' } });

export const whoami = inSession<PrintFlags>(async ({ client }, _flags, terminal) => {
  const me = await client.call('me.get');
  if (!me.ok) return me;
  const { actor, tenant, projects } = me.value.body;
  const rows = {
    name: actor.name,
    id: actor.id,
    type: actor.type,
    server: client.server,
    'in the tenant': tenant.join(', '),
    ...Object.fromEntries(projects.map(({ projectId, name, permissions }) => [`in ${plain(name)} (${projectId})`, permissions.join(', ')])),
  };
  return succeed({ json: me.value.json, text: detailsText(terminal, rows) });
});

export const health = openly(inSession(async (session, _flags, terminal) => show(session, terminal, 'service.health')));

export const openApi = openly(
  inSession(async ({ client }) => {
    const answer = await client.call('service.openapi');
    return answer.ok ? succeed({ json: answer.value.json, text: `${JSON.stringify(answer.value.json, null, 2)}\n` }) : answer;
  }),
);

export const evidenceKey = inSession<PrintFlags>(async ({ client }) => {
  const key = await client.call('service.evidenceKey');
  return key.ok ? succeed({ json: key.value.json, text: key.value.body.pem }) : key;
});
