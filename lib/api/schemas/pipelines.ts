import { z } from 'zod';
import {
  Connection,
  ConnectionCredential,
  ConnectionId,
  ConnectionRequest,
  SharedSecret,
  TrustRuleId,
  TrustRuleRecord,
} from '../../fleet/connection.ts';
import { InProject, pageOf } from './shared.ts';

export { ConnectionRequest, TrustRuleRecord } from '../../fleet/connection.ts';
export { TrustRule } from '../../gate/trust-rule.ts';
export { InProject, PageQuery } from './shared.ts';

/** With the address that the release system is given; made from the id, so it is kept nowhere. */
export const ConnectionView = Connection.extend({
  hook: z
    .string()
    .describe('Path that the release system calls, behind the address of this service; its page in the docs says what comes behind it.'),
}).meta({ id: 'ConnectionView', description: 'A release system that asks the gate by its own protocol, and where it asks.' });

export const OfConnection = InProject.extend({ connectionId: ConnectionId });
export const ConnectionPage = pageOf(ConnectionView, 'connections');
export const ConnectionChange = z.strictObject({
  name: ConnectionRequest.shape.name.optional(),
  settings: ConnectionRequest.shape.settings.optional().describe('All of them, as at creation; the system stays.'),
  rules: Connection.shape.rules.optional().describe('All rules that there are to be.'),
  active: Connection.shape.active.optional(),
});
export const ConnectionWithSecret = ConnectionView.extend({
  secret: z.string().describe('By which the system proves who it is. Keep it: it is not shown again.'),
});
export const NewSecret = z.strictObject({ secret: SharedSecret.optional().describe('The new secret; without it one is made.') });
export const NewConnectionCredential = z.strictObject({ credential: ConnectionCredential });

export const OfTrustRule = InProject.extend({ trustRuleId: TrustRuleId });
export const TrustRulePage = pageOf(TrustRuleRecord, 'trust rules');
