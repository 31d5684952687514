/** What shells need to complete `metrics`: they ask the command itself, so that it need not be installed anew for new names. */
export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

export function shellScript(shell: Shell): string {
  switch (shell) {
    case 'bash':
      return `# In ~/.bashrc: eval "$(metrics completion bash)"
_metrics() {
  local IFS=$'\\n'
  COMPREPLY=($(metrics __complete "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
}
complete -o default -F _metrics metrics
`;
    case 'zsh':
      return `#compdef metrics
# In ~/.zshrc, behind compinit: eval "$(metrics completion zsh)"
_metrics() {
  local -a found
  found=("\${(@f)$(metrics __complete "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  found=(\${found:#})
  if (( \${#found} )); then
    compadd -- $found
  else
    _files
  fi
}
compdef _metrics metrics
`;
    case 'fish':
      return `# In ~/.config/fish/completions/metrics.fish: metrics completion fish | source
complete -c metrics -a '(metrics __complete (commandline -opc)[2..] (commandline -ct) 2>/dev/null)'
`;
  }
}
