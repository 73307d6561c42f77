import { describeFailure } from './describe-failure.js';
import type { UnreadableFile } from './read-vector-files.js';
import type { VectorResult } from './run-vectors.js';

const escapeXml = (text: string): string =>
  text
    .replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 has no way to write them
    .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF\p{Cs}]/gu, '\uFFFD');

/** The results as a JUnit file: a test suite for each vector file, a test case for each vector; an error for a file that is none. */
export function junitReport(results: readonly VectorResult[], unreadable: readonly UnreadableFile[] = []): string {
  const suites = new Map<string, VectorResult[]>();
  for (const result of results) {
    const suite = suites.get(result.path);
    if (suite) suite.push(result);
    else suites.set(result.path, [result]);
  }
  const failures = (list: readonly VectorResult[]) => list.filter((result) => !result.passed).length;
  const body = [...suites].map(
    ([path, list]) =>
      `  <testsuite name="${escapeXml(path)}" tests="${list.length}" failures="${failures(list)}">\n${list.map(testCase).join('\n')}\n  </testsuite>`,
  );
  const tests = results.length + unreadable.length;
  const head = `<testsuites name="yongtap replay" tests="${tests}" failures="${failures(results)}" errors="${unreadable.length}">`;
  return `${['<?xml version="1.0" encoding="UTF-8"?>', head, ...body, ...unreadable.map(errorSuite), '</testsuites>'].join('\n')}\n`;
}

function errorSuite({ path, reason }: UnreadableFile): string {
  const name = escapeXml(path);
  const error = `      <error message="not a vector file">${escapeXml(reason)}</error>`;
  return `  <testsuite name="${name}" tests="1" failures="0" errors="1">\n    <testcase classname="vector file" name="${name}">\n${error}\n    </testcase>\n  </testsuite>`;
}

function testCase(result: VectorResult): string {
  const head = `    <testcase classname="${escapeXml(`${result.suite}.${result.kind}`)}" name="${escapeXml(result.id)}" time="${(result.durationMs / 1000).toFixed(6)}"`;
  if (result.passed) return `${head}/>`;
  const lines = describeFailure(result);
  return `${head}>\n      <failure message="${escapeXml(lines[0] ?? 'failed')}">${escapeXml(lines.join('\n'))}</failure>\n    </testcase>`;
}
