import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeCertificate } from '../support/certificates.ts';
import { freePort, makeFolder, packaged, type Running, startProgram } from './programs.ts';
import { addOns, lookAt } from './seen.ts';

const certificate = await makeCertificate({ name: 'shop.example', hosts: ['shop.example'] });

/** nginx with one server; `PORT` in its text stands for the port. */
const startNginx = async (server: string, files: Readonly<Record<string, string>> = {}): Promise<Running> => {
  const port = await freePort();
  const config = `daemon off; master_process off; pid nginx.pid; error_log stderr;
events {}
http {
  access_log off; client_body_temp_path t1; proxy_temp_path t2; fastcgi_temp_path t3; uwsgi_temp_path t4; scgi_temp_path t5;
  server { ${server.replaceAll('PORT', `127.0.0.1:${port}`)} }
}`;
  const folder = makeFolder({ 'nginx.conf': config, 'server.crt': certificate.cert, 'server.key': certificate.key });
  mkdirSync(join(folder, 'html'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, 'html', name), text);
  return startProgram('usr/sbin/nginx', port, folder, ['-p', folder, '-c', 'nginx.conf']);
};
const tls = 'listen PORT ssl; ssl_certificate server.crt; ssl_certificate_key server.key;';
const shop = { 'index.html': '<html><title>Shop</title></html>' };

it('finds what nginx shows as it comes, and takes it for none of the add-ons', async () => {
  await using server = await startNginx(`listen PORT; root ${packaged('usr/share/nginx/html')};`);
  const seen = await lookAt(server.port);
  expect(seen.failed).toEqual(expect.arrayContaining(['published/plain-http', 'published/default-page', 'published/server-version']));
  expect(addOns([...seen.failed, ...seen.passed])).toEqual([]);
});

it('finds a list of files', async () => {
  await using server = await startNginx('listen PORT; autoindex on; root html;', { 'passwords.txt': 'x' });
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
  await using server = await startNginx(`${tls} root html;`, shop);
  expect((await lookAt(server.port, { host: 'shop.example' })).failed).toContain('published/hsts');
});

it('says nothing against TLS with HSTS', async () => {
  await using server = await startNginx(
    `${tls} server_tokens off; add_header Strict-Transport-Security "max-age=31536000" always; root html;`,
    shop,
  );
  const seen = await lookAt(server.port, { host: 'shop.example' });
  expect(seen.passed).toContain('published/hsts');
  expect(seen.failed.filter((id) => id.startsWith('published/'))).toEqual([]);
});
