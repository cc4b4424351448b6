/** Artifacts of which the group stands nowhere in the archive, because Gradle and Ant write no `pom.properties`: recognised by name and by a folder of classes. */
const known: readonly (readonly [artifact: RegExp, folder: string, group: string])[] = [
  [/^spring-boot(-|$)/, 'org/springframework/boot/', 'org.springframework.boot'],
  [/^spring-security-/, 'org/springframework/security/', 'org.springframework.security'],
  [/^spring-jcl$/, 'org/apache/commons/logging/', 'org.springframework'],
  [
    /^spring-(aop|aspects|beans|context(-support|-indexer)?|core|expression|instrument|jdbc|jms|messaging|orm|oxm|r2dbc|test|tx|web(flux|mvc|socket)?)$/,
    'org/springframework/',
    'org.springframework',
  ],
  [/^tomcat-embed-/, '', 'org.apache.tomcat.embed'],
  [/^tomcat-/, '', 'org.apache.tomcat'],
  [/^okhttp(-jvm|-android)?$/, 'okhttp3/', 'com.squareup.okhttp3'],
  [/^okio(-jvm)?$/, 'okio/', 'com.squareup.okio'],
  [/^retrofit$/, 'retrofit2/', 'com.squareup.retrofit2'],
  [/^kotlin-/, 'kotlin/', 'org.jetbrains.kotlin'],
  [/^kotlinx-/, 'kotlinx/', 'org.jetbrains.kotlinx'],
  [/^(kafka|connect)[-_]/, 'org/apache/kafka/', 'org.apache.kafka'],
  [/^lucene-/, 'org/apache/lucene/', 'org.apache.lucene'],
  [/^elasticsearch(-|$)/, 'org/elasticsearch/', 'org.elasticsearch'],
  [/^grpc-/, 'io/grpc/', 'io.grpc'],
  [/^opentelemetry-/, 'io/opentelemetry/', 'io.opentelemetry'],
  [/^micrometer-/, 'io/micrometer/', 'io.micrometer'],
  [/^rxjava$/, 'io/reactivex/rxjava3/', 'io.reactivex.rxjava3'],
  [/^rxjava$/, 'io/reactivex/', 'io.reactivex.rxjava2'],
  [/^graphql-java$/, 'graphql/', 'com.graphql-java'],
  [/^bc(prov|pkix|pg|util|mail|tls)(-|$)/, 'org/bouncycastle/', 'org.bouncycastle'],
  [/^checker-qual$/, 'org/checkerframework/', 'org.checkerframework'],
  [/^h2$/, 'org/h2/', 'com.h2database'],
  [/^mysql-connector-j$/, 'com/mysql/', 'com.mysql'],
  [/^mysql-connector-java$/, 'com/mysql/', 'mysql'],
  [/^lz4-java$/, 'net/jpountz/', 'org.lz4'],
  [/^antlr$/, 'antlr/', 'antlr'],
  [/^ant$/, 'org/apache/tools/ant/', 'org.apache.ant'],
  [/^ivy$/, 'org/apache/ivy/', 'org.apache.ivy'],
  [/^xercesImpl$/, 'org/apache/xerces/', 'xerces'],
  [/^xalan$/, 'org/apache/xalan/', 'xalan'],
];

/** Notes of an archive's entries which of the folders are there that tell a group. */
export class KnownFolders {
  readonly #seen = new Set<string>();

  see(path: string): void {
    for (const [, folder] of known) if (path.startsWith(folder)) this.#seen.add(folder);
  }

  groupOf(artifact: string): string | undefined {
    return known.find(([name, folder]) => name.test(artifact) && this.#seen.has(folder))?.[2];
  }
}
