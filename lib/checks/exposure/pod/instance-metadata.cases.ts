import { none, type ProbeCase, page } from '../probe.ts';

const azure = 'GET /metadata/instance?api-version=2017-08-01';
const token = 'AQAAAExampleTokenValue1234567890abcdefgh==';

export const cases: readonly ProbeCase[] = [
  {
    name: 'Azure',
    answers: { [azure]: page(200, '{"compute":{"name":"vm1"}}') },
    otherwise: page(404),
    expect: 'fail',
    says: 'Azure',
    hides: 'vm1',
  },
  {
    name: 'AWS, with tokens',
    answers: { 'PUT /latest/api/token': page(200, token) },
    otherwise: page(401),
    expect: 'fail',
    says: 'AWS',
    hides: token,
  },
  { name: 'AWS, without', answers: { 'GET /latest/meta-data/': page(200, 'ami-id\nhostname\n') }, otherwise: page(404), expect: 'fail' },
  {
    name: 'Google',
    answers: { 'GET /computeMetadata/v1/instance/id': page(200, '123', { 'metadata-flavor': 'Google' }) },
    otherwise: page(404),
    expect: 'fail',
    severity: 'high',
  },
  {
    name: 'a web server that answers everything with its front page',
    answers: {},
    otherwise: page(200, '<html>hello</html>'),
    expect: 'pass',
  },
  { name: 'refuses all', answers: {}, otherwise: page(403), expect: 'pass' },
  { name: 'says nothing', answers: {}, otherwise: none('timed-out'), expect: 'unknown' },
];
