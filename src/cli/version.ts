export { description, version } from '../../package.json';
