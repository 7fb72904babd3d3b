# What CPython's standard library (and what else teaching code imports) has and nabla has not: told by name. Written by scripts/cpython_names.py.
MODULES = """
    PIL aifc array ast asynchat asyncio asyncore atexit audioop base64 bdb binascii bz2 cProfile calendar cgi cgitb chunk cmd code codecs codeop colorsys compileall
    concurrent configparser contextvars copyreg crypt csv ctypes curses cv2 d2l datasets dbm decimal difflib dis distutils doctest einops email encodings ensurepip errno
    faulthandler fcntl filecmp fileinput fnmatch ftplib genericpath getopt getpass gettext glob graphlib grp gzip hashlib hmac html http imaplib imghdr imp importlib
    ipaddress ipywidgets jax keras keyword lightning linecache locale lzma mailbox mailcap marshal mimetypes mmap modulefinder msilib msvcrt multiprocessing netrc
    networkx nis nntplib nt ntpath nturl2path numba opcode optparse ossaudiodev pandas pdb pickletools pipes pkgutil plistlib plotly poplib posix profile pstats pty pwd
    py_compile pyclbr pydoc pydoc_data pyexpat pytorch_lightning quopri readline reprlib requests resource rlcompleter runpy sched scipy seaborn secrets select selectors
    shelve shlex shutil signal site smtpd smtplib sndhdr socket socketserver spwd sqlite3 sre_compile sre_constants sre_parse ssl stat stringprep struct subprocess sunau
    sympy symtable sysconfig syslog tabnanny tarfile telnetlib tempfile tensorflow termios threading tkinter token tokenize tomllib torchaudio torchtext torchvision trace
    tracemalloc transformers tty turtle turtledemo unicodedata unittest urllib uu uuid venv wandb wave weakref webbrowser winreg winsound wsgiref xdrlib xml xmlrpc zipapp
    zipfile zipimport zlib zoneinfo
"""
NAMES = {
    "argparse": """
    Action FileType MetavarTypeHelpFormatter PARSER ngettext
""",
    "contextlib": """
    AbstractAsyncContextManager AsyncContextDecorator AsyncExitStack GenericAlias MethodType aclosing asynccontextmanager chdir deque wraps
""",
    "copy": """
    Error dispatch_table error
""",
    "dataclasses": """
    FunctionType GenericAlias
""",
    "datetime": """
    datetime_CAPI
""",
    "enum": """
    CONTINUOUS DynamicClassAttribute EnumCheck FlagBoundary MappingProxyType NAMED_FLAGS UNIQUE bin global_enum global_enum_repr global_flag_repr global_str reduce
    show_flag_values verify
""",
    "fractions": """
    Decimal
""",
    "functools": """
    GenericAlias RLock get_cache_token namedtuple recursive_repr
""",
    "gc": """
    callbacks freeze garbage get_debug get_freeze_count get_objects get_referents get_referrers get_stats get_threshold is_finalized is_tracked set_debug set_threshold
    unfreeze
""",
    "inspect": """
    Arguments Attribute BlockFinder CORO_CLOSED CORO_CREATED CORO_RUNNING CORO_SUSPENDED CO_ASYNC_GENERATOR CO_COROUTINE CO_GENERATOR CO_ITERABLE_COROUTINE CO_NESTED
    CO_NEWLOCALS CO_NOFREE CO_OPTIMIZED CO_VARARGS CO_VARKEYWORDS ClassFoundException ClosureVars EndOfBlock GEN_CLOSED GEN_CREATED GEN_RUNNING GEN_SUSPENDED OrderedDict
    TPFLAGS_IS_ABSTRACT Traceback attrgetter classify_class_attrs findsource formatannotationrelativeto formatargvalues get_annotations getabsfile getargs getattr_static
    getblock getcallargs getclasstree getclosurevars getcomments getcoroutinelocals getcoroutinestate getframeinfo getgeneratorlocals getgeneratorstate getinnerframes
    getlineno getmembers_static getmodulename getouterframes indentsize isasyncgen isasyncgenfunction isawaitable isdatadescriptor isgetsetdescriptor iskeyword
    ismemberdescriptor ismethoddescriptor ismethodwrapper istraceback modulesbyfile namedtuple trace walktree
""",
    "io": """
    BlockingIOError BufferedRWPair BufferedRandom BufferedReader BufferedWriter FileIO IncrementalNewlineDecoder TextIOWrapper open_code text_encoding
""",
    "json": """
    detect_encoding
""",
    "numbers": """
    ABCMeta abstractmethod
""",
    "os": """
    DirEntry GenericAlias Mapping MutableMapping PathLike _exit abort access chdir chmod chown chroot close closerange confstr confstr_names copy_file_range ctermid defpath
    device_encoding dup dup2 environb error eventfd eventfd_read eventfd_write execl execle execlp execlpe execv execve execvp execvpe fchdir fchmod fchown fdatasync fdopen
    fork forkpty fpathconf fsdecode fsencode fstat fstatvfs fsync ftruncate fwalk get_blocking get_exec_path get_inheritable getcwdb getegid getenvb geteuid getgid
    getgrouplist getgroups getloadavg getlogin getpgid getpgrp getpriority getrandom getresgid getresuid getsid getuid getxattr initgroups isatty kill killpg lchown link
    listxattr lockf login_tty lseek lstat major makedev memfd_create minor mkfifo mknod nice open openpty pathconf pathconf_names pidfd_open pipe pipe2 popen posix_fadvise
    posix_fallocate posix_spawn posix_spawnp pread preadv putenv pwrite pwritev read readlink readv register_at_fork removedirs removexattr rename renames replace scandir
    sched_get_priority_max sched_get_priority_min sched_getaffinity sched_getparam sched_getscheduler sched_param sched_rr_get_interval sched_setaffinity sched_setparam
    sched_setscheduler sched_yield sendfile set_blocking set_inheritable setegid seteuid setgid setgroups setpgid setpgrp setpriority setregid setresgid setresuid setreuid
    setsid setuid setxattr spawnl spawnle spawnlp spawnlpe spawnv spawnve spawnvp spawnvpe splice stat stat_result statvfs statvfs_result strerror supports_bytes_environ
    supports_dir_fd supports_effective_ids supports_fd supports_follow_symlinks symlink sync sysconf sysconf_names system tcgetpgrp tcsetpgrp times times_result truncate
    ttyname umask uname uname_result unsetenv urandom utime wait wait3 wait4 waitid waitid_result waitpid waitstatus_to_exitcode write writev
""",
    "pathlib": """
    EBADF ELOOP ENOENT ENOTDIR PureWindowsPath S_ISBLK S_ISCHR S_ISDIR S_ISFIFO S_ISLNK S_ISREG S_ISSOCK Sequence WindowsPath attrgetter urlquote_from_bytes
""",
    "platform": """
    architecture freedesktop_os_release java_ver libc_ver mac_ver python_branch python_build python_compiler python_revision system_alias uname uname_result version
    win32_edition win32_is_iot win32_ver
""",
    "posixpath": """
    commonpath defpath devnull getatime getctime getmtime islink ismount lexists normcase samefile sameopenfile samestat splitdrive supports_unicode_filenames
""",
    "queue": """
    deque heappop heappush time
""",
    "random": """
    BPF LOG4 NV_MAGICCONST RECIP_BPF SG_MAGICCONST SystemRandom TWOPI
""",
    "re": """
    Scanner T TEMPLATE template
""",
    "statistics": """
    Counter Decimal Fraction LinearRegression bisect_left bisect_right defaultdict erf exp fabs fsum groupby hypot log mul namedtuple reduce repeat sqrt tau
""",
    "string": """
    Formatter
""",
    "sys": """
    addaudithook audit breakpointhook builtin_module_names call_tracing displayhook excepthook flags get_asyncgen_hooks get_coroutine_origin_tracking_depth getallocatedblocks
    getdlopenflags getfilesystemencodeerrors getprofile getrefcount getswitchinterval gettrace hash_info implementation int_info meta_path modules path_hooks
    path_importer_cache platlibdir pycache_prefix set_asyncgen_hooks set_coroutine_origin_tracking_depth set_int_max_str_digits setdlopenflags setprofile setswitchinterval
    settrace stdin stdlib_module_names thread_info unraisablehook
""",
    "time": """
    CLOCK_BOOTTIME CLOCK_MONOTONIC_RAW CLOCK_PROCESS_CPUTIME_ID CLOCK_TAI CLOCK_THREAD_CPUTIME_ID clock_getres clock_gettime clock_gettime_ns clock_settime clock_settime_ns
    get_clock_info pthread_getcpuclockid tzset
""",
    "timeit": """
    dummy_src_name main reindent template
""",
    "traceback": """
    StackSummary TracebackException clear_frames extract_stack format_stack print_last print_stack suppress walk_stack
""",
    "types": """
    AsyncGeneratorType ClassMethodDescriptorType CoroutineType FrameType GetSetDescriptorType MemberDescriptorType MethodDescriptorType MethodWrapperType TracebackType
    WrapperDescriptorType coroutine prepare_class
""",
    "typing": """
    ABCMeta CT_co EXCLUDED_ATTRIBUTES ForwardRef GenericAlias KT MethodDescriptorType MethodWrapperType NamedTupleMeta ParamSpecArgs ParamSpecKwargs T T_co T_contra VT VT_co
    V_co WrapperDescriptorType abstractmethod defaultdict io re
""",
    "warnings": """
    defaultaction filters formatwarning onceregistry showwarning warn_explicit
""",
    "collections.abc": """
    AsyncGenerator AsyncIterable AsyncIterator Awaitable Coroutine
""",
    "matplotlib": """
    ExecutableNotFoundError MatplotlibDeprecationWarning MutableMapping Parameter Path RcParams checkdep_usetex color_sequences colormaps cycler defaultParams
    default_test_modules get_backend get_cachedir get_configdir get_data_path interactive is_interactive is_url matplotlib_fname namedtuple parse_version rcParamsOrig
    rc_context rc_file rc_file_defaults rc_params rc_params_from_file sanitize_sequence set_loglevel test validate_backend
""",
    "matplotlib.pyplot": """
    Annotation Arrow Artist AutoLocator Button Enum ExitStack FigureBase FigureCanvasBase FixedFormatter FixedLocator FormatStrFormatter Formatter IndexLocator LinearLocator
    Locator LogFormatter LogFormatterExponent LogFormatterMathtext LogLocator MouseButton Normalize NullFormatter NullLocator Number PolarAxes ScalarFormatter Slider Subplot
    SubplotSpec TickHelper Widget acorr angle_spectrum autumn bar_label barbs bone broken_barh clim cohere color_sequences colormaps cool copper csd cycler delaxes disconnect
    draw_all draw_if_interactive eventplot figaspect figimage figlegend fill_betweenx findobj flag gci get get_backend get_current_fig_manager get_figlabels get_plot_commands
    get_scale_names getp ginput gray hexbin hot hsv imread imsave inferno install_repl_displayhook interactive jet magma magnitude_spectrum minorticks_off new_figure_manager
    nipy_spectral phase_spectrum pink plasma plot_date polar prism psd quiverkey rcParamsDefault rcParamsOrig rc_context register_cmap rgrids sci set_loglevel specgram spring
    stairs streamplot subplot_mosaic subplot_tool summer table thetagrids tricontour tricontourf tripcolor triplot uninstall_repl_displayhook violinplot viridis
    waitforbuttonpress winter xcorr xkcd
""",
    "matplotlib.axes.Axes": """
    ArtistList acorr add_artist add_callback add_child_axes add_collection add_container add_image add_line add_table angle_spectrum apply_aspect artists axes axline
    bar_label barbs broken_barh bxp can_pan can_zoom cohere contains contains_point convert_xunits convert_yunits csd drag_pan draw draw_artist end_pan eventplot
    fill_betweenx findobj format_coord format_cursor_data format_xdata format_ydata get_adjustable get_agg_filter get_alpha get_anchor get_animated get_aspect
    get_autoscale_on get_autoscalex_on get_autoscaley_on get_axes_locator get_axisbelow get_box_aspect get_children get_clip_box get_clip_on get_clip_path get_cursor_data
    get_data_ratio get_default_bbox_extra_artists get_facecolor get_fc get_frame_on get_gid get_images get_in_layout get_label get_legend get_lines get_mouseover get_navigate
    get_navigate_mode get_path_effects get_picker get_position get_rasterization_zorder get_rasterized get_renderer_cache get_shared_x_axes get_shared_y_axes
    get_sketch_params get_snap get_tightbbox get_transform get_transformed_clip_path_and_affine get_url get_visible get_window_extent get_xaxis get_xaxis_text1_transform
    get_xaxis_text2_transform get_xaxis_transform get_xbound get_xgridlines get_xmajorticklabels get_xminorticklabels get_xscale get_xticklabels get_xticklines get_xticks
    get_yaxis get_yaxis_text1_transform get_yaxis_text2_transform get_yaxis_transform get_ybound get_ygridlines get_ymajorticklabels get_yminorticklabels get_yscale
    get_yticklabels get_yticklines get_yticks get_zorder has_data have_units hexbin images in_axes indicate_inset indicate_inset_zoom inset_axes is_transform_set
    magnitude_spectrum minorticks_off mouseover name patches pchanged pcolorfast phase_spectrum pick pickable plot_date properties psd quiverkey redraw_in_frame remove
    remove_callback reset_position secondary_xaxis secondary_yaxis set_adjustable set_agg_filter set_alpha set_anchor set_animated set_autoscale_on set_autoscalex_on
    set_autoscaley_on set_axes_locator set_axis_on set_clip_box set_clip_on set_clip_path set_fc set_figure set_frame_on set_gid set_in_layout set_label set_mouseover
    set_navigate_mode set_path_effects set_picker set_position set_rasterization_zorder set_rasterized set_sketch_params set_snap set_transform set_url set_visible
    set_xmargin set_ymargin set_zorder sharex sharey specgram stairs stale start_pan sticky_edges streamplot table tables texts tricontour tricontourf tripcolor triplot
    update update_datalim update_from use_sticky_edges viewLim violin violinplot xaxis_date xaxis_inverted xcorr yaxis_date yaxis_inverted zorder
""",
    "matplotlib.figure.Figure": """
    add_artist add_axobserver add_callback add_subfigure align_xlabels align_ylabels callbacks contains convert_xunits convert_yunits draw draw_artist draw_without_rendering
    execute_constrained_layout figimage findobj format_cursor_data frameon get_agg_filter get_alpha get_animated get_children get_clip_box get_clip_on get_clip_path
    get_constrained_layout get_constrained_layout_pads get_cursor_data get_default_bbox_extra_artists get_dpi get_edgecolor get_facecolor get_figheight get_figure
    get_figwidth get_frameon get_gid get_in_layout get_label get_layout_engine get_linewidth get_mouseover get_path_effects get_picker get_rasterized get_sketch_params
    get_snap get_tight_layout get_tightbbox get_transform get_transformed_clip_path_and_affine get_url get_visible get_window_extent get_zorder ginput have_units
    is_transform_set mouseover pchanged pick pickable properties remove remove_callback set set_agg_filter set_alpha set_animated set_canvas set_clip_box set_clip_on
    set_clip_path set_constrained_layout_pads set_edgecolor set_figure set_frameon set_gid set_in_layout set_label set_layout_engine set_linewidth set_mouseover
    set_path_effects set_picker set_rasterized set_sketch_params set_snap set_transform set_url set_visible set_zorder stale sticky_edges subfigures subplot_mosaic supxlabel
    supylabel update update_from waitforbuttonpress zorder
""",
}

def is_absent(module, name):
    """Whether CPython's module has that name, or with no module, whether there is a module of that name."""
    return name in (NAMES.get(module, "") if module else MODULES).split()
