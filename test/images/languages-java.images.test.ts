import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { lines, printed } from './cataloguing.ts';
import { packagesIn, temporaryFolder, told } from './languages.ts';

/** Made by Maven, Gradle and Ant: half of them carry no notes of Maven. */
const wanted = [
  'org.apache.commons:commons-text:1.9',
  'org.apache.logging.log4j:log4j-core:2.14.1',
  'com.fasterxml.jackson.core:jackson-databind:2.13.0',
  'org.springframework:spring-webmvc:5.3.17',
  'org.springframework.boot:spring-boot:2.6.5',
  'org.springframework.security:spring-security-web:5.6.2',
  'org.yaml:snakeyaml:1.30',
  'com.google.guava:guava:31.1-jre',
  'org.apache.kafka:kafka-clients:4.0.0',
  'com.h2database:h2:2.1.210',
  'io.micrometer:micrometer-core:1.16.0',
  'org.apache.tomcat.embed:tomcat-embed-core:9.0.60',
  'org.postgresql:postgresql:42.3.1',
  'org.bouncycastle:bcprov-jdk15on:1.67',
  'io.projectreactor:reactor-core:3.4.16',
  'org.hibernate:hibernate-core:5.6.7.Final',
];
const project = (): string => {
  const dependencies = wanted.map((one) => {
    const [group, artifact, version] = one.split(':');
    return `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version></dependency>`;
  });
  return `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion><groupId>example</groupId><artifactId>sample</artifactId><version>1</version><dependencies>${dependencies.join('')}</dependencies></project>`;
};

/** `   group:artifact:jar:version:compile -- module …`. */
const listedBy = (text: string): { name: string; version: string }[] =>
  lines(text).flatMap((line) => {
    const [, group, artifact, version] = /^\s+([\w.-]+):([\w.-]+):jar:([\w.-]+):\w+/.exec(line) ?? [];
    return version === undefined ? [] : [{ name: `${group}:${artifact}`, version }];
  });

it('libraries, and an archive that holds them: exactly what Maven lists', { timeout: 600_000 }, async () => {
  await using folder = await temporaryFolder();
  const [lib, list] = [join(folder.path, 'app/BOOT-INF/lib'), join(folder.path, 'list.txt')];
  await writeFile(join(folder.path, 'pom.xml'), project());
  const maven = (...args: string[]) => printed('mvn', ['-q', '-B', '-f', join(folder.path, 'pom.xml'), ...args]);
  await maven('dependency:copy-dependencies', `-DoutputDirectory=${lib}`, 'dependency:list', `-DoutputFile=${list}`);
  const listed = listedBy(await printed('cat', [list]));
  expect(listed.length).toBeGreaterThan(40);
  // byte-buddy carries the library that it is made of, with its notes
  const carried = [{ name: 'net.bytebuddy:byte-buddy-dep', version: '1.12.8' }];
  expect(told(await packagesIn(lib))).toEqual(told([...listed, ...carried]));

  // all of them in one archive, stored as Spring Boot does and packed as war files do
  for (const [name, flags] of [
    ['stored.jar', '-c0Mf'],
    ['packed.war', '-cMf'],
  ] as const) {
    const out = join(folder.path, name);
    await printed('jar', [flags, out, '-C', join(folder.path, 'app'), '.']);
    const nested = (await packagesIn(folder.path)).filter(({ path }) => path === name);
    expect(told(nested)).toEqual(told([...listed, ...carried]));
  }
});
