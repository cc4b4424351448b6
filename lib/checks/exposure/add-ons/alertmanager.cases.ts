import { type ProbeCase, page } from '../probe.ts';
import { usualCases } from './usual-cases.ts';

export const cases: readonly ProbeCase[] = [
  {
    name: 'its configuration',
    greeting: { http: 'plain' },
    answers: {
      'GET /api/v2/status': page(
        200,
        '{"cluster":{"status":"ready"},"config":{"original":"slack_api_url: https://hooks.example/T0KEN"},"uptime":"x","versionInfo":{"branch":"HEAD","version":"0.25.0"}}',
      ),
    },
    expect: 'fail',
    severity: 'medium',
    says: '0.25.0',
    hides: 'T0KEN',
  },
  {
    name: 'asks for a password',
    greeting: { http: 'plain' },
    answers: { 'GET /api/v2/status': page(401, 'Unauthorized') },
    expect: 'pass',
  },
  ...usualCases,
];
