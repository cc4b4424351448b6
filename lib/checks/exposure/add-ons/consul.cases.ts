import { type ProbeCase, page } from '../probe.ts';
import { usualCases } from './usual-cases.ts';

export const cases: readonly ProbeCase[] = [
  {
    name: 'no access control',
    greeting: { http: 'plain' },
    answers: {
      'GET /v1/agent/self': page(
        200,
        '{"Config":{"Datacenter":"dc1","NodeName":"n1"},"DebugConfig":{"ACLTokens":{"x":"hunter2"},"EnableRemoteScriptChecks":false},"Member":{}}',
      ),
    },
    expect: 'fail',
    severity: 'high',
    hides: 'hunter2',
  },
  {
    name: 'and remote script checks',
    greeting: { http: 'plain' },
    answers: {
      'GET /v1/agent/self': page(200, '{"Config":{"Datacenter":"dc1"},"DebugConfig":{"EnableRemoteScriptChecks":true},"Member":{}}'),
    },
    expect: 'fail',
    severity: 'critical',
  },
  {
    name: 'asks for a token',
    greeting: { http: 'plain' },
    answers: { 'GET /v1/agent/self': page(403, 'Permission denied: anonymous token lacks permission \'agent:read\' on "n1"') },
    expect: 'pass',
  },
  ...usualCases,
];
