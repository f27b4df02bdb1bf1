// Monaco's own worker, bundled like ours: links and word ranges off the main thread.
import 'monaco-editor/editor/editor.worker';
