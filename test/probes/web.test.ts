import { expect, it } from 'vitest';
import { makeCertificate } from '../support/certificates.ts';
import { startNginx, withTls } from './nginx.ts';
import { packaged } from './programs.ts';
import { addOns, lookAt } from './seen.ts';

const certificate = await makeCertificate({ name: 'shop.example', hosts: ['shop.example'] });

const shop = { certificate, files: { 'index.html': '<html><title>Shop</title></html>' } };

it('finds what nginx shows as it comes, and takes it for none of the add-ons', async () => {
  await using server = await startNginx(`listen PORT; root ${packaged('usr/share/nginx/html')};`);
  const seen = await lookAt(server.port);
  expect(seen.failed).toEqual(expect.arrayContaining(['published/plain-http', 'published/default-page', 'published/server-version']));
  expect(addOns([...seen.failed, ...seen.passed])).toEqual([]);
});

it('finds a list of files', async () => {
  await using server = await startNginx('listen PORT; autoindex on; root html;', { files: { 'passwords.txt': 'x' } });
  const seen = await lookAt(server.port);
  expect(seen.note('published/default-page')).toMatchObject({ outcome: 'fail', message: 'It shows a list of its files.' });
  expect(JSON.stringify(seen.sight)).not.toContain('passwords.txt');
});

it('says nothing against plain HTTP that leads to TLS', async () => {
  await using server = await startNginx('listen PORT; server_tokens off; return 308 https://shop.example$request_uri;');
  const seen = await lookAt(server.port);
  expect(seen.passed).toEqual(expect.arrayContaining(['published/plain-http', 'published/default-page', 'published/server-version']));
});

it('misses HSTS', async () => {
  await using server = await startNginx(`${withTls} root html;`, shop);
  expect((await lookAt(server.port, { host: 'shop.example' })).failed).toContain('published/hsts');
});

it('says nothing against TLS with HSTS', async () => {
  await using server = await startNginx(
    `${withTls} server_tokens off; add_header Strict-Transport-Security "max-age=31536000" always; root html;`,
    shop,
  );
  const seen = await lookAt(server.port, { host: 'shop.example' });
  expect(seen.passed).toContain('published/hsts');
  expect(seen.failed.filter((id) => id.startsWith('published/'))).toEqual([]);
});
