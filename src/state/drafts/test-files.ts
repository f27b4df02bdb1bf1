import { strToU8, zipSync } from 'fflate';
import { download } from '../download';
import { activeOf } from '../select';
import { getState } from '../store';
import { fileNameOf } from './file-name';
import { ownTestText, regressionFiles } from './test-texts';

/** Downloads the open draft's tests as a file to stand beside the rule's. */
export function exportTests(): void {
  const { doc } = getState();
  const ruleFile = fileNameOf();
  download(`${ruleFile.replace(/\.\w{1,5}$/, '')}.test.json`, 'application/json', ownTestText(ruleFile, doc.tests));
}

/** Downloads the rule with its tests in folders of regression data, as one archive. */
export function exportRegression(): void {
  const state = getState();
  const { doc } = state;
  const { meta } = activeOf(state)?.report.rule ?? { meta: { id: '', title: '' } };
  const fileName = fileNameOf();
  const files = regressionFiles({ fileName, text: doc.text, id: meta.id, title: meta.title }, doc.tests, {
    id: crypto.randomUUID(),
    date: new Date().toISOString().slice(0, 10),
  });
  const archive = zipSync(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, strToU8(text)])));
  download(`${fileName.replace(/\.\w{1,5}$/, '')}-regression.zip`, 'application/zip', archive);
}
