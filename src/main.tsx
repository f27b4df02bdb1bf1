import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App';
import { start } from './state/start';
import { trustOwnScripts } from './state/trusted-types';
import './ui/index.css';

trustOwnScripts();
start();
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
