import { usualCases } from '../add-ons/usual-cases.ts';
import { type ProbeCase, page } from '../probe.ts';

export const cases: readonly ProbeCase[] = [
  ...usualCases,
  {
    name: 'healthy',
    greeting: { http: 'plain' },
    answers: {
      'GET /healthz': page(
        200,
        '{"lastUpdated":"2026-11-28T03:35:06Z","currentTime":"2026-11-28T03:35:06Z","nodeEligible":true,"healthy":true}',
      ),
    },
    otherwise: page(404),
    expect: 'fail',
    severity: 'info',
  },
  {
    name: 'takes no traffic',
    greeting: { http: 'plain' },
    answers: {
      'GET /healthz': page(503, '{"lastUpdated": "2026-11-28T03:35:06Z","currentTime": "2026-11-28T03:35:06Z", "nodeEligible": false}'),
    },
    otherwise: page(404),
    expect: 'fail',
    severity: 'info',
  },
  {
    name: 'other health',
    greeting: { http: 'plain' },
    answers: { 'GET /healthz': page(200, 'ok') },
    otherwise: page(404),
    expect: 'nothing',
  },
];
