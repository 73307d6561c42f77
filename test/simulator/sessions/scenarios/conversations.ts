import { added, inFormat1, left, refused, removed, replaced } from '../bend.js';
import { approved, DIRECTORY, LAST, OPTIONS, type Scenario, SELECTION, SIGNED, terminated } from '../scenario.js';

export const selections: readonly Scenario[] = [
  {
    id: 'two-candidates',
    title: 'two applications: the second has the better priority; cryptogram version 17',
    profile: 'two-applications',
    expect: { ...approved, data: { '84': 'A000000333010106' } },
  },
  {
    id: 'two-candidates-next',
    title: 'the better one cannot be selected: the other one',
    profile: 'two-applications',
    bend: { '00A4040008A00000033301010600': refused('6A82') },
    expect: { ...approved, data: { '84': 'A000000333010101' } },
  },
  {
    id: 'two-candidates-blocked',
    title: 'the better one is blocked (6283): the other one',
    profile: 'two-applications',
    bend: { '00A4040008A00000033301010600': (response) => response.replace(/9000$/, '6283') },
    expect: { ...approved, data: { '84': 'A000000333010101' } },
  },
  {
    id: 'partial-name',
    title: 'the directory names the application by its beginning',
    bend: { [DIRECTORY]: replaced('4F', 'A0000003330101') },
    expect: { ...approved, data: { '84': 'A000000333010101' } },
  },
  {
    id: 'no-directory',
    title: 'an old card, contact only: no directory',
    profile: 'old-card-pboc2',
    expect: terminated('no-payment-directory', true),
  },
  {
    id: 'no-common-application',
    title: 'another scheme in the directory',
    bend: { [DIRECTORY]: replaced('4F', 'A0000000031010') },
    expect: terminated('no-common-application', true),
  },
  {
    id: 'no-pdol',
    title: 'no PDOL: no qPBOC',
    bend: { [SELECTION]: removed('9F38') },
    expect: terminated('no-qpboc', true),
  },
  {
    id: 'no-qualifiers-in-pdol',
    title: 'a PDOL that does not ask for 9F66: no qPBOC',
    bend: { [SELECTION]: replaced('9F38', '9F02065F2A029F3704') },
    expect: terminated('no-qpboc', true),
  },
];

export const broken: readonly Scenario[] = [
  {
    id: 'options-format-1',
    title: 'processing options in format 1 lack what qPBOC needs',
    bend: { [OPTIONS]: inFormat1 },
    expect: terminated('mandatory-data-missing', false),
  },
  ...['9F10', '9F26', '9F36', '94', '82'].map((tag) => ({
    id: `options-without-${tag}`,
    title: `processing options without ${tag}`,
    bend: { [OPTIONS]: removed(tag) },
    expect: terminated('mandatory-data-missing', false),
  })),
  ...['6984', '6283', '6A80'].map((statusWord) => ({
    id: `options-${statusWord}`,
    title: `processing options are answered by ${statusWord}`,
    bend: { [OPTIONS]: refused(statusWord) },
    expect: terminated('processing-options-refused', true),
  })),
  {
    id: 'record-missing',
    title: 'a record of the file locator is not there',
    bend: { [SIGNED]: refused('6A83') },
    expect: terminated('record-unreadable', false),
  },
  {
    id: 'record-conflict',
    title: 'a record says another transaction counter than the processing options',
    bend: { [SIGNED]: added('9F36', 'FFFF') },
    expect: terminated('data-conflict', false),
  },
  {
    id: 'pan-mismatch',
    title: 'track 2 names another card than the signed record: the last record is not read',
    bend: { [OPTIONS]: replaced('57', '6228000100000000025D35122010000000000F') },
    expect: { outcome: 'declined', reason: 'pan-mismatch', tvr: '0000000000', tsi: '0000' },
  },
  ...[DIRECTORY, OPTIONS, LAST].map((place) => ({
    id: `removed-${place}`,
    title: `the card leaves at exchange ${place}`,
    bend: { [place]: left },
    expect: terminated('card-removed', false),
  })),
];
