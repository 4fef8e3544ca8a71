// Drives the workbench from the outside, as a person would, with Playwright.

export { clickCodeLens, codeLens, editor, goTo, hoverText, openFile, quickFixes } from './editing.ts';
export { clickDialogButton, clickNotificationButton, dialogText, notification } from './messages.ts';
export { screenshot, screenshots, settle, switchTheme } from './pictures.ts';
export { webviewAfterReload } from './reload.ts';
export { type ThemeKind, themes } from './themes.ts';
export { openViewContainer, type Problem, problems, statusBarText, treeRows, webviewFrame } from './views.ts';
export { openWorkbench, runCommand, type Workbench } from './workbench.ts';
