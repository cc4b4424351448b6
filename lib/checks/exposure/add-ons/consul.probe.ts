import { defineProbe } from '../probe.ts';
import { decidedBy, isCalled, pageLooksLike, says } from './signs.ts';

const isAgent = [/"Config"\s*:\s*\{/, /"Datacenter"\s*:/, /"Member"\s*:|"DebugConfig"\s*:/];

export const consul = defineProbe({
  id: 'exposure/add-ons/consul',
  covers: ['ADD-07'],
  title: 'Consul answers nobody without a token',
  severity: 'high',
  why: 'Without access control lists anybody reads every service, address and key, and registers services of their own; with remote script checks that runs programs on the node.',
  repair:
    'Turn access control lists on with `default_policy = "deny"` and an anonymous token without rights, and set `enable_script_checks = false`.',
  techniques: ['T1133', 'T1552.007'],
  references: ['https://developer.hashicorp.com/consul/docs/security/acl'],
  intrusiveness: 'reading',
  leaves: 'A line in the log of the Consul agent, if it logs requests.',
  doors: {
    places: ['published', 'service', 'node'],
    ports: [8500, 8501],
    recognise: (door) => pageLooksLike(door, /<title>Consul|Consul Agent/) || isCalled(door, /consul/),
  },
  ...decidedBy(
    {
      path: '/v1/agent/self',
      shows: says(...isAgent, /"EnableRemoteScriptChecks"\s*:\s*true/),
      outcome: 'fail',
      severity: 'critical',
      message: 'Consul answers anybody who can reach it and takes checks that run programs on its node.',
      found: 'the agent, with remote script checks',
    },
    {
      path: '/v1/agent/self',
      shows: says(...isAgent),
      outcome: 'fail',
      message: 'Consul answers anybody who can reach it, without a token.',
      found: 'the agent and its configuration',
    },
    {
      path: '/v1/agent/self',
      shows: ({ status, body }) => status === 403 && /Permission denied/.test(body),
      outcome: 'pass',
      message: 'Consul asks for a token.',
      found: 'permission denied',
    },
  ),
});
